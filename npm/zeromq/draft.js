"use strict";
// The types of sockets of libzmq's draft API.
const zmq = require("../index.js");
const { receiving, sending } = require("./addressed.js");
const { checkCount, isObject } = require("./arguments.js");
const { call } = require("./errors.js");
const { capability } = require("./library.js");
const { defineOption } = require("./options.js");
const { toMessage } = require("./sending.js");
const { options } = require("./socket-options.js");
const { Socket } = require("./socket.js");
const { stateOf } = require("./state.js");

if (!capability.draft) {
  throw new Error("This libzmq was built without the draft API");
}
process.emitWarning("The draft API of ZeroMQ may change.");

class Server extends Socket {
  constructor(values) {
    super(zmq.SERVER, values);
  }

  send(message, to) {
    return sendTo(this, arguments, () => {
      if (typeof to.routingId !== "number") {
        throw new TypeError("Routing id must be a number");
      }
      return to.routingId;
    });
  }

  receive() {
    return receiveFrom(this, arguments);
  }
}

class Client extends Socket {
  constructor(values) {
    super(zmq.CLIENT, values);
  }
}

class Radio extends Socket {
  constructor(values) {
    super(zmq.RADIO, values);
  }

  send(message, to) {
    return sendTo(this, arguments, () => toGroup(to.group));
  }
}

class Dish extends Socket {
  constructor(values) {
    super(zmq.DISH, values);
  }

  join(...groups) {
    groups.map(toGroup).forEach((group) => changeGroups(this, "join", group));
  }

  leave(...groups) {
    groups.map(toGroup).forEach((group) => changeGroups(this, "leave", group));
  }

  receive() {
    return receiveFrom(this, arguments);
  }
}

class Gather extends Socket {
  constructor(values) {
    super(zmq.GATHER, values);
  }
}

class Scatter extends Socket {
  constructor(values) {
    super(zmq.SCATTER, values);
  }
}

class Datagram extends Socket {
  constructor(values) {
    super(zmq.DGRAM, values);
  }
}

function sendTo(socket, given, readDestination) {
  const [message, to] = given;
  if (message === undefined) {
    throw new TypeError("Message must be present");
  }
  if (!isObject(to)) {
    throw new TypeError("Options must be an object");
  }
  checkCount(given, 2);
  const state = stateOf(socket);
  sending.check(state);
  const destination = readDestination();
  const part = toMessage(message);
  return part === undefined ? Promise.resolve() : sending.perform(state, { destination, part });
}

function receiveFrom(socket, given) {
  checkCount(given, 0);
  const state = stateOf(socket);
  receiving.check(state);
  return receiving.perform(state);
}

// A group is a string of C: it ends where a NUL is.
function toGroup(value) {
  if (typeof value === "string") {
    return value.split("\0", 1)[0];
  }
  if (!ArrayBuffer.isView(value)) {
    throw new TypeError("Group must be a string or buffer");
  }
  const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength), end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

function changeGroups(socket, method, group) {
  const state = stateOf(socket);
  state.checkOpen();
  call(state.native, method, group);
}

module.exports = {
  Server,
  Client,
  Radio,
  Dish,
  Gather,
  Scatter,
  Datagram,
};

for (const [name, type] of Object.entries(module.exports)) {
  options[name].forEach((option) => defineOption(type.prototype, "Socket", option));
}
for (const type of [Radio, Scatter]) {
  Object.defineProperty(type.prototype, "receive", { value: undefined, writable: true, configurable: true });
}
// As in index.js.
Object.defineProperty(module.exports, "__esModule", { value: true });
