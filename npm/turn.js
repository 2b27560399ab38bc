"use strict";
// The event loop's turns. A promise that is resolved at once is followed by what awaits it, before
// timers and other events: a loop of such would keep these waiting for ever. So what was done at
// once is counted, and after some time resolves only when the loop has had its turn.
const TURN_MILLISECONDS = 1;
const CLOCK_INTERVAL = 32;

let count = 0;
let since = performance.now();
let next; // the promise of the turn that is due

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

// Counts what was done at once. Returns undefined, or what to wait for before it resolves.
function turn(done = 1) {
  if (next !== undefined || (count += done) < CLOCK_INTERVAL) {
    return next;
  }
  count = 0;
  return performance.now() - since < TURN_MILLISECONDS ? undefined : begin();
}

module.exports = { turn };
