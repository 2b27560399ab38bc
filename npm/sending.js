"use strict";
// The promise forms of sends.
const { zmq, lending } = require("./addon.js");
const { expect, readOptions } = require("./arguments.js");
const { done, waitAsTold } = require("./operations.js");
const { threads: { markAsUntransferable }, types } = require("./builtin.js");
const { isFree } = require("./waiting.js");
const { Socket, DONTWAIT } = zmq;

// From how many bytes on they are lent to libzmq, which copies them else.
const LENT = 65536;

// Of Node alone it is known that memory stays where it is. Memory that a script may shrink does not, nor that
// of WebAssembly.
const { bun, deno } = process.versions;
const canLend = bun === undefined && deno === undefined;

// Whether bytes are lent. Nobody may take their memory away then.
function isLent(data) {
  if (!canLend || typeof data !== "object" || data === null || !(data.byteLength >= LENT)) {
    return false;
  }
  const buffer = ArrayBuffer.isView(data) ? data.buffer : data;
  if (buffer.resizable === true) {
    return false;
  }
  if (types.isArrayBuffer(buffer)) {
    markAsUntransferable(buffer);
  }
  return true;
}

// Of an array all that are large are lent, or none.
function areLent(parts) {
  const large = Array.isArray(parts) ? parts.filter((part) => part?.byteLength >= LENT) : [];
  return large.length > 0 && large.every(isLent);
}

// A copy of bytes that may be changed before they are sent, unless they are lent then.
function copyOf(data, lends) {
  if (lends && data?.byteLength >= LENT) {
    return data;
  }
  if (types.isAnyArrayBuffer(data)) {
    return new Uint8Array(data.slice(0));
  }
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice() : data;
}

const copyOfAll = (parts, lends) => (Array.isArray(parts) ? parts.map((part) => copyOf(part, lends)) : parts);

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
