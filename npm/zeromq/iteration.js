"use strict";
// The sequence for `for await`: a socket's messages, or an observer's events, until it is closed.

/** source has receive() and closed. */
class Iteration {
  #source;
  #ended = false;

  constructor(source) {
    this.#source = source;
  }

  async next() {
    const source = this.#source;
    if (this.#ended || source.closed) {
      return { value: undefined, done: true };
    }
    try {
      return { value: await source.receive(), done: false };
    } catch (error) {
      if (source.closed && error.code === "EAGAIN") {
        return { value: undefined, done: true };
      }
      throw error;
    }
  }

  /** The source stays open. */
  return(value) {
    this.#ended = true;
    return Promise.resolve({ value, done: true });
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}

module.exports = { Iteration };
