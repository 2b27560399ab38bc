"use strict";
// The sequence for `for await`: the messages of a socket or the events of a monitor.
const { zmq } = require("./addon.js");
const { expect, isSocket, readOptions } = require("./arguments.js");
const { timeoutOf } = require("./operations.js");
const { receives } = require("./receiving.js");
const { recheckState, turn, wait, waitsFor } = require("./waiting.js");

const signature = "messages(socket, how?, options?)";
const END = Object.freeze({ value: undefined, done: true });

// Each message as one of the receives gives it. It ends when the socket is closed, or where RCVTIMEO has passed
// without a message.
class Messages {
  #socket;
  #receive;
  #name;
  #options;
  #flags;
  #attempt = () => this.#socket[this.#name](this.#flags);
  #ended = false;

  constructor(socket, name, options) {
    expect(signature, "socket", "Socket or a Monitor", socket);
    this.#socket = socket;
    this.#name = name;
    this.#receive = Object.hasOwn(receives, name) ? receives[name] : undefined;
    if (this.#receive === undefined) {
      throw new TypeError(`${signature}: how must be one of ${Object.keys(receives).join(", ")}, not ${String(name)}`);
    }
    this.#options = readOptions(signature, options);
    this.#flags = this.#options.flags | zmq.DONTWAIT;
  }

  #end(error) {
    if (!this.#socket.closed) {
      throw error;
    }
    return END;
  }

  async #wait(promise) {
    try {
      const value = await promise;
      return { value, done: value === undefined };
    } catch (error) {
      return this.#end(error);
    }
  }

  #waitForNext() {
    const socket = this.#socket, options = this.#options;
    return wait(socket, "recv", this.#attempt, options, timeoutOf(socket, zmq.RCVTIMEO, options), isSocket(socket));
  }

  async next() {
    const socket = this.#socket;
    if (this.#ended || socket.closed) {
      return END;
    }
    this.#options.signal?.throwIfAborted();
    const state = waitsFor(socket);
    if (state !== undefined && state.recv.size > 0) {
      return this.#wait(this.#receive(socket, this.#options));
    }
    let value;
    try {
      value = this.#attempt();
    } catch (error) {
      return this.#end(error);
    }
    if (value === undefined) {
      return this.#wait(this.#waitForNext());
    }
    if (state !== undefined) {
      recheckState(state);
    }
    const due = turn();
    if (due !== undefined) {
      await due;
    }
    return { value, done: false };
  }

  async return(value) {
    this.#ended = true;
    return { value, done: true };
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}

function messages(socket, how = "recv", options = undefined) {
  return new Messages(socket, how, options);
}

module.exports = { messages };
