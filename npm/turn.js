"use strict";
// Turns of the event loop. The code that awaits a promise runs right after it is resolved, before
// timers and other events: a loop of promises that are resolved at once would block these. So such
// operations are counted, and after some time they are resolved only after a turn of the loop.
const TURN_MILLISECONDS = 1;
const CLOCK_INTERVAL = 32;

let count = 0;
let since = performance.now();
let next; // the promise of the next turn

function begin() {
  next = new Promise((resolve) => {
    setImmediate(() => {
      next = undefined;
      since = performance.now();
      resolve();
    });
  });
  return next;
}

// Counts an operation that was done at once. Returns undefined, or a promise to wait for before it
// is resolved.
function turn(done = 1) {
  if (next !== undefined || (count += done) < CLOCK_INTERVAL) {
    return next;
  }
  count = 0;
  return performance.now() - since < TURN_MILLISECONDS ? undefined : begin();
}

module.exports = { turn };
