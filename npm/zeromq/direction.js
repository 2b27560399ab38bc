"use strict";
// Sends and receives: the two directions of a socket. An operation is done at once where it can be; else
// it waits until it can be done, its time is up or the socket is closed. One may wait in each direction.
const { convert, errorOf } = require("./errors.js");
const { Operation, enqueue, recheck, turn } = require("./waiting.js");

// Errors that a socket gets over: it has to do the contrary first, or to have a peer.
const passing = new Set(["EFSM", "EHOSTUNREACH"]);

/**
 * A subclass has attempt(state, message), which returns undefined if it would have to wait;
 * try(state, message), the same if that has to be certain; finish(result), which returns the
 * promise's value; keep(message), which returns a message that may wait; waiting(state) and setWaiting(state,
 * operation) for the operation of a socket that waits, and timeout(state), which returns how long it may. name is the
 * name of the direction during a wait, event is libzmq's for being ready.
 */
class Direction {
  constructor({ name, event, busy }) {
    this.name = name;
    this.event = event;
    this.busy = busy;
  }

  /** Throws if a socket cannot be used in this direction now. */
  check(state) {
    state.checkOpen();
    if (this.waiting(state) !== undefined) {
      throw errorOf("EBUSY", this.busy);
    }
  }

  perform(state, message) {
    let result;
    try {
      result = this.try(state, message);
    } catch (error) {
      if (!this.isPassing(state, error)) {
        return Promise.reject(convert(error));
      }
    }
    if (result === undefined) {
      return this.wait(state, this.keep(message));
    }
    if (state.sending !== undefined || state.receiving !== undefined) {
      recheck(state.native); // libzmq may have noticed the event for the other direction
    }
    const value = this.finish(result);
    const due = turn();
    return due === undefined ? Promise.resolve(value) : due.then(() => value);
  }

  isPassing(state, error) {
    return this.timeout(state) !== 0 && passing.has(error.code) && !state.isReady(this.event);
  }

  wait(state, message) {
    const timeout = this.timeout(state);
    if (timeout === 0) {
      return Promise.reject(errorOf("EAGAIN"));
    }
    const operation = new Waiting(this, state, message);
    this.setWaiting(state, operation);
    return enqueue(state.native, this.name, operation, timeout, true);
  }
}

// Options of a wait: what zeromq has none of.
const none = { signal: undefined, limit: undefined };

/** One that waits. */
class Waiting extends Operation {
  constructor(direction, owner, message) {
    super(none);
    this.direction = direction;
    this.owner = owner;
    this.message = message;
    this.last = undefined; // gives the end, once the socket is about to be closed
  }

  attempt() {
    if (this.last !== undefined) {
      return this.last();
    }
    try {
      return this.direction.attempt(this.owner, this.message);
    } catch (error) {
      if (this.direction.isPassing(this.owner, error)) {
        return undefined;
      }
      throw error;
    }
  }

  finish(result) {
    if (result === undefined) { // the time is up
      this.close();
      result = this.last();
    }
    this.leave();
    return this.direction.finish(result);
  }

  explain(error) {
    this.leave();
    return convert(error);
  }

  /** The last attempt: the operation ends with its result. */
  close() {
    this.leave();
    let result, error;
    try {
      result = this.direction.attempt(this.owner, this.message);
      error = result === undefined ? errorOf("EAGAIN") : undefined;
    } catch (thrown) {
      error = convert(thrown);
    }
    this.last = () => {
      if (error !== undefined) {
        throw error;
      }
      return result;
    };
  }

  /** Another one may wait from now on. */
  leave() {
    if (this.direction.waiting(this.owner) === this) {
      this.direction.setWaiting(this.owner, undefined);
    }
  }
}

module.exports = { Direction };
