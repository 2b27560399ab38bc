// What a process has received, of whom, and what was wrong.
const received = {}; // by pattern
const last = {};
let errors = 0;

export function count(pattern, bytes) {
  const entry = received[pattern] || (received[pattern] = { messages: 0, bytes: 0 });
  entry.messages++;
  entry.bytes += bytes;
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

export function print() {
  console.log(JSON.stringify({ received, errors }));
}
