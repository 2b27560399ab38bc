"use strict";
const zmq = require("../index.js");
const { Direction } = require("./direction.js");
const { toBuffers } = require("./messages.js");
const { DONTWAIT, POLLIN } = zmq;

class Receiving extends Direction {
  constructor() {
    super({
      name: "recv",
      event: POLLIN,
      busy: "Socket is busy reading; only one receive operation may be in progress at any time",
    });
  }

  waiting(state) {
    return state.receiving;
  }

  setWaiting(state, operation) {
    state.receiving = operation;
  }

  timeout(state) {
    return state.receiveTimeout;
  }

  attempt(state) {
    return state.native.recv_multipart(DONTWAIT);
  }

  try(state) {
    return this.attempt(state);
  }

  finish(parts) {
    return toBuffers(parts);
  }

  keep() {
    return undefined;
  }
}

module.exports = { Receiving, receiving: new Receiving() };
