// What a process has received, of whom, and what was wrong.
const received = {}; // by pattern
const last = {};
let errors = 0;

export function count(pattern, bytes) {
  const entry = received[pattern] || (received[pattern] = { messages: 0, bytes: 0 });
  entry.messages++;
  entry.bytes += bytes;
}

// ready tells, once, that the process runs: when something was received in every one of some patterns, or something
// is wrong.
let told = false;
export function ready(patterns) {
  if (!told && (errors > 0 || patterns.every((pattern) => received[pattern]))) {
    told = true;
    console.log(JSON.stringify({ ready: {} }));
  }
}

export function wrong(text) {
  errors++;
  if (errors <= 20) {
    console.log(JSON.stringify({ error: text }));
  }
}

// follow checks that messages of a sender come in order; strictly: and all of them.
export function follow(pattern, message, strict) {
  const key = pattern + " from " + message.sender;
  const before = last[key];
  last[key] = message.number;
  count(pattern, message.size);
  if (before === undefined ? false : strict ? message.number !== before + 1 : message.number <= before) {
    wrong(key + ": " + message.number + " after " + before);
  }
}

// forget gives the number of a sender's last message; the sender sends no more.
export function forget(pattern, sender) {
  const key = pattern + " from " + sender;
  const number = last[key];
  delete last[key];
  return number;
}

export function print() {
  console.log(JSON.stringify({ received, errors }));
}
