"use strict";
const zmq = require("../index.js");
const { checkCount, checkNew, checkOptions } = require("./arguments.js");
const { call, convert, errorOf } = require("./errors.js");
const { leaveBlocky } = require("./leaving.js");
const { defineMethods, defineOption, hidden } = require("./options.js");

// The context of the module "zmq" behind one of ours.
const NATIVE = Symbol("native");

// The default context is one for all threads of the process, as in zeromq, so libzmq accepts each
// of its options once and before its first socket. Options that are set later are kept here, for
// this thread's sockets.
const later = new Map();

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
  setNative(this, new zmq.Context());
  Object.assign(this, values);
}

function setNative(context, native) {
  Object.defineProperty(context, NATIVE, { value: native });
  Object.preventExtensions(context);
}

/** A socket of the module "zmq" with the defaults of the context's options for its sockets. */
function openSocket(owner, type) {
  const socket = call(nativeContext(owner), "socket", type);
  if (owner === context) {
    if (later.get(zmq.BLOCKY) === 0) {
      socket.setsockopt(zmq.LINGER, 0);
    }
    if (later.has(zmq.IPV6)) {
      socket.setsockopt(zmq.IPV6, later.get(zmq.IPV6));
    }
  }
  return socket;
}

function setShared(number, value) {
  try {
    context[NATIVE].set(number, value);
    later.delete(number);
  } catch (error) {
    if (error.code !== "EBUSY") {
      throw convert(error);
    }
    const other = new zmq.Context(); // shows whether libzmq accepts the value
    try {
      call(other, "set", number, value);
    } finally {
      other.term();
    }
    later.set(number, Number(value));
  }
}

/** The context of the module "zmq"; throws EINVAL if the value is not a Context. */
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
  (object, number) =>
    (object === context ? later.get(number) : undefined) ?? call(nativeContext(object), "get", number),
  (object, number, value) => {
    if (object !== context) {
      call(nativeContext(object), "set", number, value);
      return;
    }
    setShared(number, value);
    if (number === zmq.BLOCKY) {
      leaveBlocky(value !== 0);
    }
  },
);
options.forEach((option) => defineOption(Context.prototype, "Context", option));
Object.defineProperty(Context.prototype, "constructor", hidden(Context));

// The context of sockets that name no other one.
const context = Object.create(Context.prototype);
setNative(context, zmq.Context.shared("zeromq"));
leaveBlocky(context.blocky);

module.exports = { Context, context, nativeContext, openSocket };
