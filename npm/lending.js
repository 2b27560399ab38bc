"use strict";
// Which bytes are lent to libzmq until they are sent, and which are copied.
const { threads: { isMarkedAsUntransferable, markAsUntransferable }, types } = require("./builtin.js");

// From how many bytes on they are lent: the methods of addon.js's lending copy fewer.
const LENT = 65536;

// Of Node alone it is known that memory stays where it is. Memory that a script may shrink does not, nor that
// of WebAssembly.
const { bun, deno, electron } = process.versions;
const canLend = bun === undefined && deno === undefined && electron === undefined;

const marked = new WeakSet(); // by this

// Has nobody take memory away: whether that can be. Node marks memory that addons have made an ArrayBuffer of, and gives
// it back when the environment ends, before libzmq is waited for.
function keep(buffer) {
  if (!types.isArrayBuffer(buffer) || marked.has(buffer)) {
    return true;
  }
  if (isMarkedAsUntransferable?.(buffer)) {
    return false;
  }
  markAsUntransferable(buffer);
  marked.add(buffer);
  return true;
}

// Whether bytes are lent.
function isLent(data) {
  if (!canLend || typeof data !== "object" || data === null || !(data.byteLength >= LENT)) {
    return false;
  }
  const buffer = ArrayBuffer.isView(data) ? data.buffer : data;
  return buffer.resizable !== true && keep(buffer);
}

// Of an array all that are large are lent, or none.
function areLent(parts) {
  let are = false;
  for (let i = 0; Array.isArray(parts) && i < parts.length; i++) {
    if (parts[i]?.byteLength >= LENT) {
      if (!isLent(parts[i])) {
        return false;
      }
      are = true;
    }
  }
  return are;
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

module.exports = { isLent, areLent, copyOf, copyOfAll };
