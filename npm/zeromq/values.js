"use strict";
// Values of options: one kind for each type of C that libzmq has for them.

const numberKind = (minimum, maximum, convert) => ({
  check(value) {
    if (typeof value !== "number") {
      throw new TypeError("Option value must be a number");
    }
    const integer = Math.trunc(value);
    if (!(integer >= minimum && integer <= maximum)) {
      throw new RangeError(`Option value must be an integer from ${minimum} to ${maximum}, not ${value}`);
    }
    return convert(integer);
  },
  get: Number,
});

const MAXIMUM = 2n ** 64n - 1n;

// Not exact above 2 ** 53; other values become the nearest one that fits.
function toUnsigned(value) {
  if (typeof value !== "number") {
    throw new TypeError("Option value must be a number");
  }
  if (Number.isNaN(value)) {
    throw new RangeError("Option value must be a number, not NaN");
  }
  if (value > Number.MAX_SAFE_INTEGER) {
    process.emitWarning("Value is larger than Number.MAX_SAFE_INTEGER and may have been rounded inaccurately.");
  }
  if (value <= 0) {
    return 0n;
  }
  return value >= Number(MAXIMUM) ? MAXIMUM : BigInt(Math.trunc(value));
}

/** check() returns the value for the module "zmq", get() the value of zeromq. */
const kinds = {
  Bool: {
    check(value) {
      if (typeof value !== "boolean") {
        throw new TypeError("Option value must be a boolean");
      }
      return value ? 1 : 0;
    },
    get: Boolean,
  },
  Int32: numberKind(-(2 ** 31), 2 ** 31 - 1, Number),
  Uint32: numberKind(0, 2 ** 32 - 1, (value) => value | 0),
  Int64: numberKind(-(2 ** 63), 2 ** 63 - 1024, BigInt),
  Uint64: { check: toUnsigned, get: Number },
  String: {
    check(value) {
      if (value !== null && typeof value !== "string" && !ArrayBuffer.isView(value)) {
        throw new TypeError("Option value must be a string or buffer");
      }
      return value;
    },
    get: (value) => (value === "" ? null : value),
  },
};
kinds.Uint32.get = (value) => value >>> 0;

module.exports = { kinds };
