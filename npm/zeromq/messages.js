"use strict";
// Parts of messages: what zeromq takes as one, and gives as one.
const { types } = require("node:util");

// From this size on bytes are not copied (see ../sending.js).
const LENT_SIZE = 65536;

/** A part as the module "zmq" sends it: bytes as they are, null as an empty part, and anything else as text. */
function toPart(value) {
  if (typeof value === "string" || value === null || ArrayBuffer.isView(value) || types.isArrayBuffer(value)) {
    return value;
  }
  return types.isSharedArrayBuffer(value) ? new Uint8Array(value) : `${value}`;
}

/** A part that may wait: a copy, unless it is so large that it is not copied when it is sent either. */
function copyPart(part) {
  if (typeof part === "string" || part === null || part.byteLength >= LENT_SIZE) {
    return part;
  }
  return ArrayBuffer.isView(part)
    ? new Uint8Array(part.buffer, part.byteOffset, part.byteLength).slice()
    : new Uint8Array(part).slice();
}

/** Makes the parts that were received Buffers; nothing is copied. */
function toBuffers(parts) {
  for (let i = 0; i < parts.length; i++) {
    Object.setPrototypeOf(parts[i], Buffer.prototype);
  }
  return parts;
}

module.exports = { copyPart, toBuffers, toPart };
