"use strict";
// The promise forms of what may wait. Each tries without waiting first; what finds nothing
// is queued, one queue for each direction of a socket, and tried again when the waiting
// thread tells that the socket's descriptor is readable. Nothing here blocks the loop.
const { zmq, listen, watch, hold } = require("./addon.js");
const { DONTWAIT, RCVTIMEO, SNDTIMEO } = zmq;

// ZMQ_FD tells once what has changed. A call of the script's own on the same socket may
// take that from us, and closing a socket tells nothing: so what waits is tried again
// at times.
const RETRY_MILLISECONDS = 50;
// For how long messages that are there already may keep other events waiting.
const TURN_MILLISECONDS = 1;
const CLOCK_INTERVAL = 32;

const states = new WeakMap(); // of sockets
const waiting = new Map(); // states by descriptor
let timer;

function stateOf(socket) {
  let state = states.get(socket);
  if (state === undefined) {
    state = { socket, descriptor: -1, recv: [], send: [] };
    states.set(socket, state);
  }
  return state;
}

// Tries what is queued, in order, until something has to wait on.
function drain(queue) {
  while (queue.length > 0) {
    const operation = queue[0];
    let result;
    try {
      result = operation.attempt();
    } catch (error) {
      queue.shift();
      operation.settle(operation.reject, error);
      continue;
    }
    if (result === undefined) {
      return;
    }
    queue.shift();
    operation.settle(operation.resolve, result);
  }
}

function retry(state) {
  drain(state.recv);
  drain(state.send);
  if (state.recv.length + state.send.length > 0) {
    watch(state.descriptor);
  } else {
    rest(state);
  }
}

function retryWaiting(descriptor) {
  const state = waiting.get(descriptor);
  if (state !== undefined) {
    retryOrFail(state);
  }
}

const wake = (descriptors) => descriptors.forEach(retryWaiting);

function begin(state) {
  if (state.descriptor >= 0) {
    return;
  }
  listen(wake);
  const descriptor = state.socket.fd;
  retryWaiting(descriptor); // of a socket that was closed since, and that ends by it
  state.descriptor = descriptor;
  waiting.set(descriptor, state);
  if (waiting.size === 1) {
    hold(true);
    timer = setInterval(() => wake([...waiting.keys()]), RETRY_MILLISECONDS);
    timer.unref();
  }
}

function rest(state) {
  waiting.delete(state.descriptor);
  state.descriptor = -1;
  if (waiting.size === 0) {
    hold(false);
    clearInterval(timer);
  }
}

// A descriptor that cannot be watched ends what waits for it.
function retryOrFail(state) {
  try {
    retry(state);
  } catch (error) {
    for (const operation of [...state.recv.splice(0), ...state.send.splice(0)]) {
      operation.settle(operation.reject, error);
    }
    rest(state);
  }
}

function withdraw(state, queue, operation) {
  const index = queue.indexOf(operation);
  if (index >= 0) {
    queue.splice(index, 1);
    if (state.recv.length + state.send.length === 0) {
      rest(state);
    }
  }
}

function enqueue(socket, direction, timeoutOption, attempt) {
  const timeout = socket.getsockopt(timeoutOption);
  if (timeout === 0) {
    return Promise.resolve(undefined);
  }
  const state = stateOf(socket);
  return new Promise((resolve, reject) => {
    let clock;
    const settle = (end, value) => {
      clearTimeout(clock);
      end(value);
    };
    const operation = { attempt, resolve, reject, settle };
    begin(state); // first: what fails here is not queued
    state[direction].push(operation);
    if (timeout > 0) {
      clock = setTimeout(() => {
        withdraw(state, state[direction], operation);
        resolve(undefined);
      }, timeout);
    }
    retryOrFail(state);
  });
}

// Whether nothing is queued in that direction.
function isFree(socket, direction) {
  return waiting.size === 0 || !states.get(socket)?.[direction].length;
}

// The promise form of a method: done at once if nothing is queued before it.
const receiver = (name) => ({
  async [name](socket, flags = 0) {
    const result = isFree(socket, "recv") ? socket[name](flags | DONTWAIT) : undefined;
    return result ?? enqueue(socket, "recv", RCVTIMEO, () => socket[name](flags | DONTWAIT));
  },
})[name];

const sender = (name) => ({
  async [name](socket, data, flags = 0) {
    const result = isFree(socket, "send") ? socket[name](data, flags | DONTWAIT) : undefined;
    return result ?? enqueue(socket, "send", SNDTIMEO, () => socket[name](data, flags | DONTWAIT));
  },
})[name];

async function recv_into(socket, buffer, offset = 0, flags = 0) {
  const attempt = () => socket.recv_into(buffer, offset, flags | DONTWAIT);
  return (isFree(socket, "recv") ? attempt() : undefined) ?? enqueue(socket, "recv", RCVTIMEO, attempt);
}

const receives = {
  recv: receiver("recv"),
  recv_str: receiver("recv_str"),
  recv_int: receiver("recv_int"),
  recv_bigint: receiver("recv_bigint"),
  recv_multipart: receiver("recv_multipart"),
};

// What for await goes through: each message as one of the receives gives it. It ends when
// the socket is closed, or where RCVTIMEO has passed without a message.
class Messages {
  #socket;
  #receive;
  #name;
  #count = 0;
  #since = performance.now();
  #ended = false;

  constructor(socket, name) {
    this.#socket = socket;
    this.#name = name;
    this.#receive = receives[name];
    if (this.#receive === undefined) {
      throw new TypeError(`messages(socket, how?): how is one of ${Object.keys(receives).join(", ")}, not ${String(name)}`);
    }
  }

  #isTurnOver() {
    if (++this.#count % CLOCK_INTERVAL !== 0) {
      return false;
    }
    const now = performance.now();
    const over = now - this.#since >= TURN_MILLISECONDS;
    if (over) {
      this.#since = now;
    }
    return over;
  }

  async #waitForNext() {
    if (this.#ended || this.#socket.closed) {
      return { value: undefined, done: true };
    }
    try {
      const value = await this.#receive(this.#socket);
      this.#since = performance.now();
      return { value, done: value === undefined };
    } catch (error) {
      if (this.#socket.closed) {
        return { value: undefined, done: true };
      }
      throw error;
    }
  }

  next() {
    if (this.#isTurnOver()) {
      return new Promise((resolve) => setImmediate(resolve)).then(() => this.#waitForNext());
    }
    if (!this.#ended && isFree(this.#socket, "recv")) {
      try {
        const value = this.#socket[this.#name](DONTWAIT);
        if (value !== undefined) {
          return Promise.resolve({ value, done: false });
        }
      } catch {
        // told, or not, by the next line
      }
    }
    return this.#waitForNext();
  }

  return() {
    this.#ended = true;
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}

function messages(socket, how = "recv") {
  return new Messages(socket, how);
}

module.exports = {
  ...receives,
  recv_into,
  send: sender("send"),
  send_multipart: sender("send_multipart"),
  messages,
};
