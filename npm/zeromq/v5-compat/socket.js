"use strict";
// A socket that emits its messages, and calls back.
const { events: { EventEmitter } } = require("../../builtin.js");
const zmq = require("../index.js");
const { ZMQ_SNDMORE } = require("./constants.js");
const { emitEvents } = require("./monitor.js");
const { getOption, setOption, shortNames } = require("./options.js");

const classes = {
  pair: zmq.Pair,
  req: zmq.Request,
  rep: zmq.Reply,
  pub: zmq.Publisher,
  sub: zmq.Subscriber,
  dealer: zmq.Dealer,
  xreq: zmq.Dealer,
  router: zmq.Router,
  xrep: zmq.Router,
  pull: zmq.Pull,
  push: zmq.Push,
  xpub: zmq.XPublisher,
  xsub: zmq.XSubscriber,
  stream: zmq.Stream,
};
const silent = new Set(["pub", "push"]); // types that receive nothing

class Socket extends EventEmitter {
  #socket;
  #parts = []; // of the message that is not complete yet
  #unsent = [];
  #unread = []; // messages that arrived while it was paused
  #paused = false;
  #isSending = false;
  #isReceiving = false;

  constructor(type) {
    super();
    if (!Object.hasOwn(classes, type)) {
      throw new Error(`Invalid socket type: ${String(type)}`);
    }
    this.type = type;
    this.#socket = new classes[type]();
    void this.#receiveAll();
  }

  get closed() {
    return this.#socket.closed;
  }

  get #isIdle() {
    return this.#paused || this.#socket.closed;
  }

  async #receiveAll() {
    if (this.#isReceiving || silent.has(this.type)) {
      return;
    }
    this.#isReceiving = true;
    while (!this.#isIdle) {
      await this.#receive();
    }
    this.#isReceiving = false;
  }

  async #receive() {
    try {
      this.#give(await this.#socket.receive());
    } catch (error) {
      this.#fail(error);
    }
  }

  #give(message) {
    if (this.#paused) {
      this.#unread.push(message);
    } else {
      process.nextTick(() => this.emit("message", ...message));
    }
  }

  #fail(error) {
    if (!this.#socket.closed) {
      process.nextTick(() => this.emit("error", error));
    }
  }

  async #sendAll() {
    if (this.#isSending) {
      return;
    }
    this.#isSending = true;
    while (!this.#isIdle && this.#unsent.length > 0) {
      await this.#send(this.#unsent.shift());
    }
    this.#isSending = false;
  }

  async #send({ parts, callback }) {
    try {
      await this.#socket.send(parts);
    } catch (error) {
      this.#tell(callback, error);
      return;
    }
    this.#tell(callback);
  }

  // Exceptions of a callback, or of listeners of "error", do not belong to the queue.
  #tell(callback, error) {
    if (callback) {
      process.nextTick(() => (error === undefined ? callback() : callback(error)));
    } else if (error !== undefined) {
      process.nextTick(() => this.emit("error", error));
    }
  }

  send(message, flags = 0, callback = undefined) {
    this.#parts = this.#parts.concat(message);
    if (((flags ?? 0) & ZMQ_SNDMORE) === 0) {
      this.#unsent.push({ parts: this.#parts, callback });
      this.#parts = [];
      void this.#sendAll();
    }
    return this;
  }

  read() {
    throw new Error("read() has been removed from compatibility mode; use on('message', ...) instead.");
  }

  pause() {
    this.#paused = true;
  }

  resume() {
    this.#paused = false;
    this.#unread.splice(0).forEach((message) => this.#give(message));
    void this.#receiveAll();
    void this.#sendAll();
  }

  #change(method, address, callback) {
    const tell = (error) => process.nextTick(() => {
      if (error === undefined) {
        this.emit(method, address);
      }
      if (callback) {
        callback(error);
      } else if (error !== undefined) {
        this.emit("error", error);
      }
    });
    try {
      this.#socket[method](address).then(() => tell(), tell);
    } catch (error) {
      tell(error);
    }
    return this;
  }

  bind(address, callback) {
    return this.#change("bind", address, callback);
  }

  unbind(address, callback) {
    return this.#change("unbind", address, callback);
  }

  bindSync(address) {
    this.#socket.bindSync(address);
    return this;
  }

  unbindSync(address) {
    this.#socket.unbindSync(address);
    return this;
  }

  connect(address) {
    this.#socket.connect(address);
    return this;
  }

  disconnect(address) {
    this.#socket.disconnect(address);
    return this;
  }

  close() {
    this.#socket.close();
    return this;
  }

  monitor(interval, count) {
    if (interval || count) {
      process.emitWarning("Arguments to monitor() are ignored in compatibility mode; all events are read automatically");
    }
    void emitEvents(this, this.#socket.events);
    return this;
  }

  unmonitor() {
    this.#socket.events.close();
    return this;
  }

  subscribe(filter) {
    this.#subscriber.subscribe(filter);
    return this;
  }

  unsubscribe(filter) {
    this.#subscriber.unsubscribe(filter);
    return this;
  }

  get #subscriber() {
    if (!(this.#socket instanceof zmq.Subscriber)) {
      throw new Error("Subscriber socket required");
    }
    return this.#socket;
  }

  getsockopt(option) {
    return getOption(this.#socket, option);
  }

  setsockopt(option, value) {
    setOption(this.#socket, option, value);
    return this;
  }
}

for (const [name, number] of Object.entries(shortNames)) {
  Object.defineProperty(Socket.prototype, name, {
    get() {
      return this.getsockopt(number);
    },
    set(value) {
      this.setsockopt(number, typeof value === "string" ? Buffer.from(value) : value);
    },
    configurable: true,
  });
}

/** Makes a socket of a type, with options by their short names. */
function createSocket(type, options = {}) {
  return Object.assign(new Socket(type), options);
}

module.exports = { Socket, createSocket };
