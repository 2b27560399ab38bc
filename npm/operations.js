"use strict";
// What the promise forms of sends and receives have in common.
const { zmq } = require("./addon.js");
const { recheck, turn, wait } = require("./waiting.js");
const { DONTWAIT, RCVTIMEO, SNDTIMEO } = zmq;

// Not by Socket.getsockopt(), which takes Go's threads to do.
const timeoutOf = (socket, option) =>
  socket instanceof zmq.Socket ? socket.getsockopt_int(option) : socket.getsockopt(option);

// How an operation waits that could not be done at once. It does not with DONTWAIT, nor where the socket's own
// time-out, which holds if none is given, is 0. A receive has seen all that had come; a send may not have.
function waitAsTold(socket, direction, attempt, options) {
  const receives = direction === "recv";
  const timeout = (options.flags & DONTWAIT) !== 0 ? 0
    : options.timeout ?? timeoutOf(socket, receives ? RCVTIMEO : SNDTIMEO);
  return wait(socket, direction, attempt, { ...options, timeout, tried: receives && socket instanceof zmq.Socket });
}

// What follows an operation that was done at once.
function done(socket, result) {
  recheck(socket);
  const due = turn();
  return due === undefined ? result : due.then(() => result);
}

module.exports = { done, waitAsTold };
