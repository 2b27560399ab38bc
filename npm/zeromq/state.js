"use strict";
// The internals of a socket, which its methods, its options, observers and proxies share. They are
// behind a symbol, because the socket itself is sealed.
const { errorOf } = require("./errors.js");

const STATE = Symbol("state");

class State {
  constructor(native, context) {
    this.native = native;
    this.context = context;
    this.observer = undefined;
    this.endpoints = 0; // how many it is bound or connected to
    this.closed = false;
    this.blocked = false; // by a bind, an unbind or a proxy
    this.closing = false; // close() was called while it was blocked
    this.sendTimeout = -1;
    this.receiveTimeout = -1;
    this.mandatory = 0;
    this.sending = undefined; // the operation that waits, in each direction
    this.receiving = undefined;
  }

  checkOpen() {
    if (this.closed) {
      throw errorOf("EBADF");
    }
    if (this.blocked) {
      throw errorOf("EBUSY", "Socket is blocked by a bind or unbind operation");
    }
  }

  /** Whether the socket is ready for events, POLLIN or POLLOUT. */
  isReady(events) {
    return !this.closed && (this.native.events & events) !== 0;
  }

  block() {
    this.blocked = true;
  }

  unblock() {
    this.blocked = false;
    if (this.closing) {
      this.close();
    }
  }

  /** Tries the waiting operation once more, and ends it. */
  close() {
    if (this.blocked) {
      this.closing = true;
      return;
    }
    if (this.closed) {
      return;
    }
    this.receiving?.close();
    this.sending?.close();
    this.closed = true;
    this.endpoints = 0;
    this.context = undefined;
    this.native.close();
  }
}

/** The state of a socket; throws EINVAL for anything else. */
function stateOf(socket) {
  const state = socket?.[STATE];
  if (state === undefined) {
    throw errorOf("EINVAL");
  }
  return state;
}

module.exports = { STATE, State, stateOf };
