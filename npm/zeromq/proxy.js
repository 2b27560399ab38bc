"use strict";
const { threads: { threadId } } = require("../builtin.js");
const zmq = require("../index.js");
const { checkCount, checkNew, isObject } = require("./arguments.js");
const { call, convert, errorOf } = require("./errors.js");
const { nativeContext } = require("./context.js");
const { hidden } = require("./options.js");
const { stateOf } = require("./state.js");
const { proxy } = require("./waiting.js");

const SIDES = Symbol("sides");
let lastNumber = 0;

/** The two sockets, and while they are proxied the one that gives commands. */
class Sides {
  #steering;

  constructor(frontEnd, backEnd) {
    this.frontEnd = frontEnd;
    this.backEnd = backEnd;
    stateOf(frontEnd);
    stateOf(backEnd);
  }

  run() {
    const front = stateOf(this.frontEnd), back = stateOf(this.backEnd);
    if (front.endpoints === 0) {
      throw errorOf("EINVAL", "Front-end socket must be bound or connected");
    }
    if (back.endpoints === 0) {
      throw errorOf("EINVAL", "Back-end socket must be bound or connected");
    }
    front.checkOpen();
    back.checkOpen();
    const { steering, control } = this.#steer(front);
    this.#steering = steering;
    front.block();
    back.block();
    return this.#proxy(front, back, control);
  }

  #steer(front) {
    const context = nativeContext(front.context);
    const steering = call(context, "socket", zmq.PAIR);
    const control = call(context, "socket", zmq.PAIR);
    const endpoint = `inproc://zmqjs.proxy.${process.pid}.${threadId}.${++lastNumber}`;
    control.bind(endpoint);
    steering.connect(endpoint);
    return { steering, control };
  }

  async #proxy(front, back, control) {
    try {
      await proxy(front.native, back.native, null, control);
    } catch (error) {
      throw convert(error);
    } finally {
      this.#steering.close(0);
      this.#steering = undefined;
      control.close(0);
      for (const state of [front, back]) {
        state.unblock();
        state.close();
      }
    }
  }

  command(text) {
    if (this.#steering === undefined) {
      throw errorOf("EBADF");
    }
    call(this.#steering, "send", text, zmq.DONTWAIT);
  }
}

function Proxy(frontEnd, backEnd) {
  checkNew(new.target);
  if (!isObject(frontEnd)) {
    throw new TypeError("Front-end must be a socket object");
  }
  if (!isObject(backEnd)) {
    throw new TypeError("Back-end must be a socket object");
  }
  checkCount(arguments, 2);
  Object.defineProperty(this, SIDES, { value: new Sides(frontEnd, backEnd) });
}

function sides(proxy) {
  const found = proxy?.[SIDES];
  if (found === undefined) {
    throw errorOf("EINVAL");
  }
  return found;
}

const methods = {
  run() {
    checkCount(arguments, 0);
    return sides(this).run();
  },

  pause() {
    checkCount(arguments, 0);
    sides(this).command("PAUSE");
  },

  resume() {
    checkCount(arguments, 0);
    sides(this).command("RESUME");
  },

  terminate() {
    checkCount(arguments, 0);
    sides(this).command("TERMINATE");
  },
};

for (const [name, method] of Object.entries(methods)) {
  Object.defineProperty(Proxy.prototype, name, hidden(method));
}
for (const name of ["frontEnd", "backEnd"]) {
  const get = { [name]() { return sides(this)[name]; } }[name];
  Object.defineProperty(Proxy.prototype, name, { get, configurable: true });
}
Object.defineProperty(Proxy.prototype, "constructor", hidden(Proxy));

module.exports = { Proxy };
