"use strict";
// Checks of the arguments of the promise forms, and their errors.
const { zmq } = require("./addon.js");

const kindOf = (value) => {
  if (value === null || typeof value !== "object") {
    return value === undefined || value === null ? String(value) : `a ${typeof value}`;
  }
  const name = value.constructor?.name;
  return typeof name === "string" && name !== "" ? `an object of ${name}` : "an object";
};

function refuse(signature, parameter, wanted, value) {
  return new TypeError(`${signature}: ${parameter} must be ${wanted}, not ${kindOf(value)}`);
}

const classes = {
  Socket: [zmq.Socket],
  "Socket or a Monitor": [zmq.Socket, zmq.Monitor],
  Poller: [zmq.Poller],
  Context: [zmq.Context],
};

// Checks that an argument is an instance of the class called wanted, a key of classes.
function expect(signature, parameter, wanted, value) {
  if (!classes[wanted].some((expected) => value instanceof expected)) {
    throw refuse(signature, parameter, `a ${wanted}`, value);
  }
}

const { getPrototypeOf } = Object;
const { prototype } = zmq.Socket;

// As instanceof, which takes long for a class of Node-API.
function isSocket(value) {
  return typeof value === "object" && value !== null && getPrototypeOf(value) === prototype || value instanceof zmq.Socket;
}

const isWhole = (value) => Number.isInteger(value);

const members = {
  flags: ["an integer", isWhole],
  signal: ["an AbortSignal", (value) => value instanceof AbortSignal],
  timeout: ["an integer of milliseconds, or -1", (value) => isWhole(value) && value >= -1],
  limit: ["a number of sends", (value) => value === Infinity || (isWhole(value) && value >= 0)],
  copy: ["a boolean", (value) => typeof value === "boolean"],
};

const withFlags = (flags) => ({ flags, signal: undefined, timeout: undefined, limit: undefined, copy: undefined });
const none = withFlags(0);

// Reads options that are flags, or an object, or absent.
function readOptions(signature, options) {
  return options === undefined || options === null ? none : readGiven(signature, options);
}

function readGiven(signature, options) {
  if (isWhole(options)) {
    return withFlags(options);
  }
  if (typeof options !== "object") {
    throw refuse(signature, "options", "flags or an object", options);
  }
  const read = withFlags(0);
  for (const [name, [wanted, accepts]] of Object.entries(members)) {
    const value = options[name];
    if (value === undefined) {
      continue;
    }
    if (!accepts(value)) {
      throw refuse(signature, `options.${name}`, wanted, value);
    }
    read[name] = value;
  }
  return read;
}

module.exports = { expect, isSocket, refuse, readOptions };
