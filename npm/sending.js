"use strict";
// The promise forms of sends.
const { zmq, lending } = require("./addon.js");
const { expect, isSocket, readOptions } = require("./arguments.js");
const { areLent, copyOf, copyOfAll, isLent } = require("./lending.js");
const { done, timeoutOf } = require("./operations.js");
const { Operation, enqueue, waitsFor } = require("./waiting.js");
const { DONTWAIT, SNDTIMEO } = zmq;

// A send that waits.
class Send extends Operation {
  constructor(method, data, options) {
    super(options);
    this.method = method;
    this.data = data;
  }

  attempt(socket) {
    return this.method.call(socket, this.data, this.options.flags | DONTWAIT);
  }
}

// how: the methods of Socket, of which one lends, and what they need.
function sendBy(how, socket, data, options) {
  try {
    if (!isSocket(socket)) {
      expect(how.signature, "socket", "Socket", socket);
    }
    const read = readOptions(how.signature, options);
    read.signal?.throwIfAborted();
    const lends = read.copy !== true && how.canBeLent(data);
    const method = lends ? how.lending : socket[how.name];
    const state = waitsFor(socket);
    if (state === undefined || state.send.size === 0) {
      const result = method.call(socket, data, read.flags | DONTWAIT);
      if (result !== undefined) {
        return done(state, result);
      }
    }
    // libzmq may not have taken note of all that had come.
    return enqueue(socket, "send", new Send(method, how.copy(data, lends), read), timeoutOf(socket, SNDTIMEO, read), false);
  } catch (error) {
    return Promise.reject(error);
  }
}

const sender = (name, parameter, canBeLent, copy) => {
  const how = { name, lending: lending[name], canBeLent, copy, signature: `${name}(socket, ${parameter}, options?)` };
  return { [name]: (socket, data, options) => sendBy(how, socket, data, options) }[name];
};

module.exports = {
  send: sender("send", "data", isLent, copyOf),
  send_multipart: sender("send_multipart", "parts", areLent, copyOfAll),
};
