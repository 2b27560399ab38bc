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
 * promise's value; keep(message), which returns a message that may wait. name is the name of the
 * direction during a wait, event is libzmq's for being ready; operation and timeout are fields of
 * the state: the waiting operation, and its timeout.
 */
class Direction {
  constructor({ name, event, operation, timeout, busy }) {
    Object.assign(this, { name, event, operation, timeout, busy });
  }

  /** Throws if a socket cannot be used in this direction now. */
  check(state) {
    state.checkOpen();
    if (state[this.operation] !== undefined) {
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
    return state[this.timeout] !== 0 && passing.has(error.code) && !state.isReady(this.event);
  }

  wait(state, message) {
    const timeout = state[this.timeout];
    if (timeout === 0) {
      return Promise.reject(errorOf("EAGAIN"));
    }
    const operation = new Waiting(this, state, message, timeout);
    state[this.operation] = operation;
    return enqueue(state.native, this.name, operation);
  }
}

/** One that waits. */
class Waiting extends Operation {
  #direction;
  #state;
  #message;
  #ended = false; // the socket is about to be closed
  #result;
  #error;

  constructor(direction, state, message, timeout) {
    super(undefined, { timeout, tried: true });
    this.#direction = direction;
    this.#state = state;
    this.#message = message;
  }

  attempt() {
    if (this.#ended) {
      return this.#last();
    }
    try {
      return this.#direction.attempt(this.#state, this.#message);
    } catch (error) {
      if (this.#direction.isPassing(this.#state, error)) {
        return undefined;
      }
      throw error;
    }
  }

  finish(result) {
    if (result === undefined) { // the time is up
      this.close();
      result = this.#last();
    }
    this.#leave();
    return this.#direction.finish(result);
  }

  explain(error) {
    this.#leave();
    return convert(error);
  }

  #last() {
    if (this.#error !== undefined) {
      throw this.#error;
    }
    return this.#result;
  }

  /** The last attempt: the operation ends with its result. */
  close() {
    this.#leave();
    try {
      this.#result = this.#direction.attempt(this.#state, this.#message);
      this.#error = this.#result === undefined ? errorOf("EAGAIN") : undefined;
    } catch (error) {
      this.#error = convert(error);
    }
    this.#ended = true;
  }

  /** Another one may wait from now on. */
  #leave() {
    if (this.#state[this.#direction.operation] === this) {
      this.#state[this.#direction.operation] = undefined;
    }
  }
}

module.exports = { Direction };
