"use strict";
// The promise forms of receives.
const { zmq } = require("./addon.js");
const { expect, readOptions } = require("./arguments.js");
const { done, waitAsTold } = require("./operations.js");
const { isFree } = require("./waiting.js");
const { Socket, DONTWAIT } = zmq;

const recvSignature = (name, before = "") => `${name}(socket, ${before}options?)`;

const receiver = (name, wanted) => {
  const signature = recvSignature(name);
  return {
    async [name](socket, options) {
      if (!(socket instanceof Socket)) {
        expect(signature, "socket", wanted, socket);
      }
      const read = readOptions(signature, options);
      read.signal?.throwIfAborted();
      const flags = read.flags | DONTWAIT;
      if (isFree(socket, "recv")) {
        const result = socket[name](flags);
        if (result !== undefined) {
          return done(socket, result);
        }
      }
      return waitAsTold(socket, "recv", () => socket[name](flags), read);
    },
  }[name];
};

const receives = {
  recv: receiver("recv", "Socket or a Monitor"),
  recv_str: receiver("recv_str", "Socket"),
  recv_int: receiver("recv_int", "Socket"),
  recv_bigint: receiver("recv_bigint", "Socket"),
  recv_multipart: receiver("recv_multipart", "Socket"),
};

async function receive(signature, socket, options, method) {
  expect(signature, "socket", "Socket", socket);
  const read = readOptions(signature, options);
  read.signal?.throwIfAborted();
  const attempt = () => method(read.flags | DONTWAIT);
  if (isFree(socket, "recv")) {
    const result = attempt();
    if (result !== undefined) {
      return done(socket, result);
    }
  }
  return waitAsTold(socket, "recv", attempt, read);
}

async function recv_into(socket, buffer, offset = 0, options = undefined) {
  return receive(recvSignature("recv_into", "buffer, offset?, "), socket, options,
    (flags) => socket.recv_into(buffer, offset, flags));
}

async function recv_message(socket, properties, options) {
  return receive(recvSignature("recv_message", "properties, "), socket, options,
    (flags) => socket.recv_message(properties, flags));
}

async function recv_event(socket, options) {
  return receive(recvSignature("recv_event"), socket, options, (flags) => socket.recv_event(flags));
}

// receives: those that a message needs nothing else for.
module.exports = { receives, recv_into, recv_message, recv_event };
