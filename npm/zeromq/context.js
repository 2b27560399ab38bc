"use strict";
const zmq = require("../index.js");
const { checkCount, checkNew, checkOptions } = require("./arguments.js");
const { call, errorOf } = require("./errors.js");
const { leaveBlocky } = require("./leaving.js");
const { defineMethods, defineOption, hidden } = require("./options.js");

// The context of the module "zmq" behind one of ours.
const NATIVE = Symbol("native");

const options = [
  { name: "ioThreads", number: zmq.IO_THREADS, kind: "Int32" },
  { name: "maxSockets", number: zmq.MAX_SOCKETS, kind: "Int32" },
  { name: "maxSocketsLimit", number: zmq.SOCKET_LIMIT, kind: "Int32", access: "r" },
  { name: "threadPriority", number: zmq.THREAD_PRIORITY, kind: "Int32", access: "w" },
  { name: "threadSchedulingPolicy", number: zmq.THREAD_SCHED_POLICY, kind: "Int32", access: "w" },
  { name: "maxMessageSize", number: zmq.MAX_MSGSZ, kind: "Int32" },
  { name: "ipv6", number: zmq.IPV6, kind: "Bool" },
  { name: "blocky", number: zmq.BLOCKY, kind: "Bool" },
];

/** Sealed, as zeromq's are: a name that is misspelt throws. */
function Context(values) {
  checkNew(new.target);
  checkOptions(values);
  checkCount(arguments, 1);
  Object.defineProperty(this, NATIVE, { value: new zmq.Context() });
  Object.preventExtensions(this);
  Object.assign(this, values);
}

/** The context of the module "zmq"; throws EINVAL for what is no Context. */
function nativeContext(context) {
  const native = context?.[NATIVE];
  if (native === undefined) {
    throw errorOf("EINVAL");
  }
  return native;
}

defineMethods(
  Context.prototype,
  ["Bool", "Int32"],
  (context, number) => call(nativeContext(context), "get", number),
  (object, number, value) => {
    call(nativeContext(object), "set", number, value);
    if (number === zmq.BLOCKY && object === context) {
      leaveBlocky(value !== 0);
    }
  },
);
options.forEach((option) => defineOption(Context.prototype, "Context", option));
Object.defineProperty(Context.prototype, "constructor", hidden(Context));

// What sockets are made in if they are given no other one.
const context = new Context();
leaveBlocky(context.blocky);

module.exports = { Context, context, nativeContext };
