"use strict";
// The promise forms of receives.
const { zmq } = require("./addon.js");
const { expect, isSocket, readOptions } = require("./arguments.js");
const { done, timeoutOf } = require("./operations.js");
const { Operation, enqueue, wait, waitsFor } = require("./waiting.js");
const { DONTWAIT, RCVTIMEO } = zmq;

const recvSignature = (name, before = "") => `${name}(socket, ${before}options?)`;

// A receive that waits, by a method that takes flags.
class Receive extends Operation {
  constructor(name, options) {
    super(options);
    this.name = name;
  }

  attempt(socket) {
    return socket[this.name](this.options.flags | DONTWAIT);
  }
}

// how: the method's name, and the signature and the class of socket for errors.
function receive(how, socket, options) {
  try {
    if (!isSocket(socket)) {
      expect(how.signature, "socket", how.wanted, socket);
    }
    const read = readOptions(how.signature, options);
    read.signal?.throwIfAborted();
    const state = waitsFor(socket);
    if (state === undefined || state.recv.size === 0) {
      const result = socket[how.name](read.flags | DONTWAIT);
      if (result !== undefined) {
        return done(state, result);
      }
    }
    return enqueue(socket, "recv", new Receive(how.name, read), timeoutOf(socket, RCVTIMEO, read), isSocket(socket));
  } catch (error) {
    return Promise.reject(error);
  }
}

const receiver = (name, wanted) => {
  const how = { name, wanted, signature: recvSignature(name) };
  return { [name]: (socket, options) => receive(how, socket, options) }[name];
};

const receives = {
  recv: receiver("recv", "Socket or a Monitor"),
  recv_str: receiver("recv_str", "Socket"),
  recv_int: receiver("recv_int", "Socket"),
  recv_bigint: receiver("recv_bigint", "Socket"),
  recv_multipart: receiver("recv_multipart", "Socket"),
};

// The same by a function of flags.
async function receiveBy(signature, socket, options, method) {
  expect(signature, "socket", "Socket", socket);
  const read = readOptions(signature, options);
  read.signal?.throwIfAborted();
  const attempt = () => method(read.flags | DONTWAIT);
  const state = waitsFor(socket);
  if (state === undefined || state.recv.size === 0) {
    const result = attempt();
    if (result !== undefined) {
      return done(state, result);
    }
  }
  return wait(socket, "recv", attempt, read, timeoutOf(socket, RCVTIMEO, read), true);
}

async function recv_into(socket, buffer, offset = 0, options = undefined) {
  return receiveBy(recvSignature("recv_into", "buffer, offset?, "), socket, options,
    (flags) => socket.recv_into(buffer, offset, flags));
}

async function recv_message(socket, properties, options) {
  return receiveBy(recvSignature("recv_message", "properties, "), socket, options,
    (flags) => socket.recv_message(properties, flags));
}

async function recv_event(socket, options) {
  return receiveBy(recvSignature("recv_event"), socket, options, (flags) => socket.recv_event(flags));
}

// receives: those that a message needs nothing else for.
module.exports = { receives, recv_into, recv_message, recv_event };
