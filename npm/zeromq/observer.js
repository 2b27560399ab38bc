"use strict";
const { events: { EventEmitter } } = require("../builtin.js");
const zmq = require("../index.js");
const { checkCount, checkNew, isObject } = require("./arguments.js");
const { convert, errorOf } = require("./errors.js");
const { toEvent } = require("./events.js");
const { Iteration } = require("./iteration.js");
const { hidden } = require("./options.js");
const { stateOf } = require("./state.js");
const { turn, wait } = require("./waiting.js");
const { DONTWAIT } = zmq;

const OBSERVED = Symbol("observed");

/** The internals of an observer. */
class Observed {
  #socket; // kept: there may be no other reference while an event is awaited
  #monitor;
  #waiting = false;
  #emitter;

  constructor(socket) {
    this.#socket = stateOf(socket).native;
    try {
      this.#monitor = this.#socket.monitor();
    } catch (error) {
      throw convert(error);
    }
  }

  get closed() {
    return this.#monitor.closed;
  }

  get isEmitting() {
    return this.#emitter !== undefined;
  }

  close() {
    this.#monitor.close();
  }

  receive() {
    if (this.closed) {
      throw errorOf("EBADF");
    }
    if (this.#waiting) {
      throw errorOf("EBUSY", "Observer is busy reading; only one receive operation may be in progress at any time");
    }
    let event;
    try {
      event = this.#monitor.recv(DONTWAIT);
    } catch (error) {
      return Promise.reject(convert(error));
    }
    return event === undefined ? this.#wait() : this.#give(toEvent(event));
  }

  #give(event) {
    const due = turn();
    return due === undefined ? Promise.resolve(event) : due.then(() => event);
  }

  async #wait() {
    this.#waiting = true;
    try {
      return toEvent(await wait(this.#monitor, "recv", () => this.#monitor.recv(DONTWAIT)));
    } catch (error) {
      throw this.closed ? errorOf("EAGAIN") : convert(error);
    } finally {
      this.#waiting = false;
    }
  }

  /** From now on events go to listeners. */
  get emitter() {
    if (this.#emitter === undefined) {
      this.#emitter = new EventEmitter();
      void this.#run();
    }
    return this.#emitter;
  }

  async #run() {
    while (!this.closed) {
      let event;
      try {
        event = await this.receive();
      } catch (error) {
        if (this.closed) {
          return;
        }
        throw error;
      }
      try {
        this.#emitter.emit(event.type, event);
      } catch (error) {
        process.nextTick(() => {
          throw error; // the listener's own: it does not end the events of others
        });
      }
    }
  }
}

function Observer(socket) {
  checkNew(new.target);
  if (!isObject(socket)) {
    throw new TypeError("Socket must be a socket object");
  }
  checkCount(arguments, 1);
  Object.defineProperty(this, OBSERVED, { value: new Observed(socket) });
}

function observed(observer) {
  const found = observer?.[OBSERVED];
  if (found === undefined) {
    throw errorOf("EINVAL");
  }
  return found;
}

const methods = {
  close() {
    checkCount(arguments, 0);
    observed(this).close();
  },

  receive() {
    checkCount(arguments, 0);
    const own = observed(this);
    if (own.isEmitting) {
      throw new Error(
        "Observer is in event emitter mode. After a call to events.on() it is not possible to read events " +
          "with events.receive().",
      );
    }
    return own.receive();
  },

  on(type, listener) {
    observed(this).emitter.on(type, listener);
    return this;
  },

  off(type, listener) {
    observed(this).emitter.off(type, listener);
    return this;
  },

  [Symbol.asyncIterator]() {
    return new Iteration(this);
  },
};

for (const key of Reflect.ownKeys(methods)) {
  Object.defineProperty(Observer.prototype, key, hidden(methods[key]));
}
Object.defineProperty(Observer.prototype, "closed", {
  get() {
    return observed(this).closed;
  },
  configurable: true,
});
Object.defineProperty(Observer.prototype, "constructor", hidden(Observer));

module.exports = { Observer };
