"use strict";
// Errors as code written for npm's zeromq expects them: code, errno and address are enumerable,
// and the text is that of the error number alone.
const { os: { constants } } = require("../builtin.js");
const zmq = require("../index.js");

// libzmq's own error numbers, which the system has no names for.
const own = ["EFSM", "ENOCOMPATPROTO", "ETERM", "EMTHREAD"];
const numbers = new Map(Object.entries(constants.errno));
own.forEach((code) => numbers.set(code, zmq[code]));
const codes = new Map([...numbers].map(([code, number]) => [number, code]));
codes.set(constants.errno.EAGAIN, "EAGAIN"); // not EWOULDBLOCK
codes.set(constants.errno.ENOTSUP, "ENOTSUP"); // not EOPNOTSUPP

// Texts that explain more about a socket than the system's.
const texts = {
  EADDRINUSE: "Address already in use",
  EAGAIN: "Operation was not possible or timed out",
  EBADF: "Socket is closed",
  EBUSY: "Socket is busy",
  EFAULT: "Context is closed",
  EINVAL: "Invalid argument",
  EMFILE: "Too many open file descriptors",
  ENOENT: "No such endpoint",
};

function make(code, errno, text, address) {
  const error = new Error(text);
  error.errno = errno;
  error.code = code;
  if (address !== undefined) {
    error.address = address;
  }
  return error;
}

/** An error of a code such as "EBUSY"; the text is that of the code if absent. */
function errorOf(code, text = texts[code]) {
  return make(code, numbers.get(code), text);
}

/** An error of a number, with the text that libzmq gives it. */
function errorOfNumber(errno, text) {
  const code = codes.get(errno) ?? "";
  return make(code, errno, texts[code] ?? text);
}

/** Converts an exception of a method of the module "zmq" to zeromq's. */
function convert(error) {
  if (typeof error?.errno !== "number") {
    return error;
  }
  const text = texts[error.code] ?? error.message.split(" (", 1)[0]; // the rest names the call
  return make(error.code, error.errno, text, error.endpoint ?? error.address);
}

/** Calls a method of the module "zmq", whose errors are converted. */
function call(object, method, ...values) {
  try {
    return object[method](...values);
  } catch (error) {
    throw convert(error);
  }
}

module.exports = { call, convert, errorOf, errorOfNumber };
