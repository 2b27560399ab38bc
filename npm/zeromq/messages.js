"use strict";
// Parts of messages: what zeromq takes as one, and gives as one.
const { types } = require("../builtin.js");

const { setPrototypeOf } = Object;
const { prototype } = Buffer;

/** A part as the module "zmq" sends it: bytes as they are, null as an empty part, and anything else as text. */
function toPart(value) {
  if (typeof value === "string" || value === null || ArrayBuffer.isView(value) || types.isArrayBuffer(value)) {
    return value;
  }
  return types.isSharedArrayBuffer(value) ? new Uint8Array(value) : `${value}`;
}

/** Makes the parts that were received Buffers; nothing is copied. */
function toBuffers(parts) {
  for (let i = 0; i < parts.length; i++) {
    setPrototypeOf(parts[i], prototype);
  }
  return parts;
}

module.exports = { toBuffers, toPart };
