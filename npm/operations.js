"use strict";
// The common parts of the promise forms of sends and receives.
const { zmq } = require("./addon.js");
const { recheck, turn, wait } = require("./waiting.js");
const { DONTWAIT, RCVTIMEO, SNDTIMEO } = zmq;

// Not by Socket.getsockopt(), which takes Go's threads to do.
const timeoutOf = (socket, option) =>
  socket instanceof zmq.Socket ? socket.getsockopt_int(option) : socket.getsockopt(option);

// The wait of an operation that could not be done at once. There is none with DONTWAIT, nor if the
// socket's own timeout, which is the default, is 0. A receive has seen all messages that had
// arrived; a send may not have.
function waitAsTold(socket, direction, attempt, options) {
  const receives = direction === "recv";
  const timeout = (options.flags & DONTWAIT) !== 0 ? 0
    : options.timeout ?? timeoutOf(socket, receives ? RCVTIMEO : SNDTIMEO);
  return wait(socket, direction, attempt, { ...options, timeout, tried: receives && socket instanceof zmq.Socket });
}

// Continues after an operation that was done at once.
function done(socket, result) {
  recheck(socket);
  const due = turn();
  return due === undefined ? result : due.then(() => result);
}

module.exports = { done, waitAsTold };
