"use strict";
const zmq = require("../index.js");
const { checkAddress, checkCount, checkNew, checkOptions } = require("./arguments.js");
const { context: defaultContext, openSocket } = require("./context.js");
const { call, convert } = require("./errors.js");
const { Iteration } = require("./iteration.js");
const { defineMethods, defineOption, hidden } = require("./options.js");
const { Observer } = require("./observer.js");
const { receiving } = require("./receiving.js");
const { sending, toMessage } = require("./sending.js");
const { immediate, options } = require("./socket-options.js");
const { STATE, State, stateOf } = require("./state.js");
const { recheck } = require("./waiting.js");
const { POLLIN, POLLOUT, RCVTIMEO, ROUTER_MANDATORY, SNDTIMEO } = zmq;

/** Sealed, as zeromq's are: a name that is misspelt throws. */
function Socket(type, values) {
  checkNew(new.target);
  if (typeof type !== "number") {
    throw new TypeError("Socket type must be a number");
  }
  checkOptions(values);
  checkCount(arguments, 2);
  const { context = defaultContext, ...others } = values ?? {};
  const native = openSocket(context, type);
  Object.defineProperty(this, STATE, { value: new State(native, context) });
  Object.preventExtensions(this);
  try {
    Object.assign(this, others);
  } catch (error) {
    this.close();
    throw error;
  }
}

/** Does something with an endpoint, during which the socket is blocked. */
function change(state, method, address, count) {
  state.checkOpen();
  call(state.native, method, address);
  state.endpoints += count;
  recheck(state.native); // libzmq has no event for a peer that it finds at once
}

/** As change(), and the socket stays blocked until the promise is settled. */
async function changeBlocked(state, method, address, count) {
  state.block();
  try {
    try {
      state.native[method](address);
      state.endpoints += count;
      recheck(state.native);
    } finally {
      await undefined;
      state.unblock();
    }
  } catch (error) {
    throw convert(error);
  }
}

const methods = {
  bind(address) {
    checkAddress(arguments);
    const state = stateOf(this);
    state.checkOpen();
    return changeBlocked(state, "bind", address, 1);
  },

  unbind(address) {
    checkAddress(arguments);
    const state = stateOf(this);
    state.checkOpen();
    return changeBlocked(state, "unbind", address, -1);
  },

  bindSync(address) {
    checkAddress(arguments);
    change(stateOf(this), "bind", address, 1);
  },

  unbindSync(address) {
    checkAddress(arguments);
    change(stateOf(this), "unbind", address, -1);
  },

  connect(address) {
    checkAddress(arguments);
    change(stateOf(this), "connect", address, 1);
  },

  disconnect(address) {
    checkAddress(arguments);
    change(stateOf(this), "disconnect", address, -1);
  },

  close() {
    checkCount(arguments, 0);
    stateOf(this).close();
  },

  send(message) {
    if (message === undefined) {
      throw new TypeError("Message must be present");
    }
    checkCount(arguments, 1);
    const state = stateOf(this);
    sending.check(state);
    const parts = toMessage(message);
    return parts === undefined ? Promise.resolve() : sending.perform(state, parts);
  },

  receive() {
    checkCount(arguments, 0);
    const state = stateOf(this);
    receiving.check(state);
    return receiving.perform(state);
  },

  [Symbol.asyncIterator]() {
    return new Iteration(this);
  },
};

const properties = {
  get events() {
    const state = stateOf(this);
    state.observer ??= new Observer(this);
    return state.observer;
  },

  get context() {
    return stateOf(this).context;
  },

  get closed() {
    return stateOf(this).closed;
  },

  get readable() {
    return stateOf(this).isReady(POLLIN);
  },

  get writable() {
    return stateOf(this).isReady(POLLOUT);
  },
};

// Options that the state keeps: those for waits, and one that libzmq does not return.
const kept = new Map([[SNDTIMEO, "sendTimeout"], [RCVTIMEO, "receiveTimeout"], [ROUTER_MANDATORY, "mandatory"]]);

function readOption(socket, number) {
  const state = stateOf(socket);
  return number === ROUTER_MANDATORY ? state.mandatory : call(state.native, "getsockopt", number);
}

function writeOption(socket, number, value) {
  const state = stateOf(socket);
  if (!immediate.has(number) && (state.endpoints > 0 || state.blocked)) {
    process.emitWarning("Socket option will not take effect until next connect/bind.");
  }
  call(state.native, "setsockopt", number, value);
  const field = kept.get(number);
  if (field !== undefined) {
    state[field] = value;
  }
}

for (const key of Reflect.ownKeys(methods)) {
  Object.defineProperty(Socket.prototype, key, hidden(methods[key]));
}
for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(properties))) {
  Object.defineProperty(Socket.prototype, name, { get: descriptor.get, configurable: true });
}
Object.defineProperty(Socket.prototype, "constructor", hidden(Socket));
defineMethods(Socket.prototype, ["Bool", "Int32", "Uint32", "Int64", "Uint64", "String"], readOption, writeOption);
options.Socket.forEach((each) => defineOption(Socket.prototype, "Socket", each));

module.exports = { Socket };
