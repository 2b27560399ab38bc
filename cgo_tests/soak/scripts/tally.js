// The messages that a process has received, by sender, and errors in them.
const received = {}; // by pattern
const last = {};
let errors = 0;

export function count(pattern, bytes) {
  const entry = received[pattern] || (received[pattern] = { messages: 0, bytes: 0 });
  entry.messages++;
  entry.bytes += bytes;
}

// ready reports once that the process is running: when a message was received in each of some
// patterns, or an error was found.
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

// follow checks that messages of a sender arrive in order; strictly: and that all arrive.
export function follow(pattern, message, strict) {
  const key = pattern + " from " + message.sender;
  const before = last[key];
  last[key] = message.number;
  count(pattern, message.size);
  if (before === undefined ? false : strict ? message.number !== before + 1 : message.number <= before) {
    wrong(key + ": " + message.number + " after " + before);
  }
}

// forget returns the number of a sender's last message; the sender sends no more.
export function forget(pattern, sender) {
  const key = pattern + " from " + sender;
  const number = last[key];
  delete last[key];
  return number;
}

export function print() {
  console.log(JSON.stringify({ received, errors }));
}
