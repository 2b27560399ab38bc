"use strict";
// The promise forms of sends.
const { zmq, lending } = require("./addon.js");
const { expect, readOptions } = require("./arguments.js");
const { done, waitAsTold } = require("./operations.js");
const { isFree } = require("./waiting.js");
const { Socket, DONTWAIT } = zmq;

// From how many bytes on they are lent to libzmq, which copies them else.
const LENT = 65536;

const isLent = (data) => typeof data === "object" && data !== null && data.byteLength >= LENT;

// A copy of what may be changed before it is sent; undefined where it can be lent.
function copyOf(data, copies) {
  if (data instanceof ArrayBuffer || data instanceof SharedArrayBuffer) {
    return copies || data.byteLength < LENT ? new Uint8Array(data.slice(0)) : data;
  }
  if (ArrayBuffer.isView(data)) {
    return copies || data.byteLength < LENT
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice() : data;
  }
  return data;
}

const isLentInPart = (parts) => Array.isArray(parts) && parts.some(isLent);
const copyOfParts = (parts, copies) => Array.isArray(parts) ? parts.map((part) => copyOf(part, copies)) : parts;

const sender = (name, parameter, lends, copy) => {
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
      const copies = read.copy === true;
      const method = !copies && lends(data) ? lendingMethod : socket[name];
      if (isFree(socket, "send")) {
        const result = method.call(socket, data, flags);
        if (result !== undefined) {
          return done(socket, result);
        }
      }
      const kept = copy(data, copies);
      return waitAsTold(socket, "send", () => method.call(socket, kept, flags), read);
    },
  }[name];
};

module.exports = {
  send: sender("send", "data", isLent, copyOf),
  send_multipart: sender("send_multipart", "parts", isLentInPart, copyOfParts),
};
