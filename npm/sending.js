"use strict";
// The promise forms of sends.
const { zmq, lending } = require("./addon.js");
const { expect, readOptions } = require("./arguments.js");
const { areLent, copyOf, copyOfAll, isLent } = require("./lending.js");
const { done, waitAsTold } = require("./operations.js");
const { isFree } = require("./waiting.js");
const { Socket, DONTWAIT } = zmq;

const sender = (name, parameter, canBeLent, copy) => {
  const signature = `${name}(socket, ${parameter}, options?)`;
  const lendingMethod = lending[name];
  return {
    async [name](socket, data, options) {
      if (!(socket instanceof Socket)) {
        expect(signature, "socket", "Socket", socket);
      }
      const read = readOptions(signature, options);
      read.signal?.throwIfAborted();
      const flags = read.flags | DONTWAIT;
      const lends = read.copy !== true && canBeLent(data);
      const method = lends ? lendingMethod : socket[name];
      if (isFree(socket, "send")) {
        const result = method.call(socket, data, flags);
        if (result !== undefined) {
          return done(socket, result);
        }
      }
      const kept = copy(data, lends);
      return waitAsTold(socket, "send", () => method.call(socket, kept, flags), read);
    },
  }[name];
};

module.exports = {
  send: sender("send", "data", isLent, copyOf),
  send_multipart: sender("send_multipart", "parts", areLent, copyOfAll),
};
