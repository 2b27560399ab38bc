"use strict";
// The common parts of the promise forms of sends and receives.
const { zmq } = require("./addon.js");
const { isSocket } = require("./arguments.js");
const { recheckState, turn } = require("./waiting.js");
const { DONTWAIT } = zmq;

// How long an operation waits that could not be done at once. Not at all with DONTWAIT, nor if the socket's
// RCVTIMEO or SNDTIMEO, which is the default, is 0.
function timeoutOf(socket, option, { flags, timeout }) {
  if ((flags & DONTWAIT) !== 0) {
    return 0;
  }
  if (timeout !== undefined) {
    return timeout;
  }
  // Not by Socket.getsockopt(), which takes Go's threads to do.
  return isSocket(socket) ? socket.getsockopt_int(option) : socket.getsockopt(option);
}

// Continues after an operation that was done at once. state: of the socket, where something waits for that.
function done(state, result) {
  if (state !== undefined) {
    recheckState(state);
  }
  const due = turn();
  return due === undefined ? Promise.resolve(result) : due.then(() => result);
}

module.exports = { done, timeoutOf };
