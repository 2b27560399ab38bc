"use strict";
// Waiting without blocking the event loop. A source is what has a descriptor that tells of changes:
// a Socket, a Monitor, a Poller, a Context. An operation is tried, and tried again whenever the
// descriptor is readable, until it gives something. Those of one direction of a socket are done in
// the order of their calls.
const { zmq, listen, open, arm, disarm, close } = require("./addon.js");
const { turn } = require("./turn.js");

// The descriptor tells once what has changed. A call of the script's own on the same socket may take
// that from what waits: so this is tried again at times. What the promises do themselves needs no
// such look: see recheck().
const RETRY_MILLISECONDS = 50;

const NONE = new Set();
const states = new WeakMap(); // by source
const waiting = new Map(); // the states of which something waits, by their numbers
let lastNumber = 0;
let timer;

class State {
  constructor(source) {
    this.source = source;
    this.number = ++lastNumber;
    this.recv = new Set();
    this.send = new Set();
    this.any = new Set(); // in no order
    this.watched = undefined;
    this.checks = false; // whether it is to be tried again soon
    this.tries = false; // whether it is being tried, which may call what has others tried
  }

  get isIdle() {
    return this.recv.size + this.send.size + this.any.size === 0;
  }
}

function stateOf(source) {
  let state = states.get(source);
  if (state === undefined) {
    state = new State(source);
    states.set(source, state);
  }
  return state;
}

// Tries an operation: whether it is over.
function attempt(operation) {
  let result;
  try {
    result = operation.attempt();
  } catch (error) {
    settle(operation, operation.reject, error);
    return true;
  }
  if (result === undefined) {
    return false;
  }
  settle(operation, operation.resolve, result);
  return true;
}

function settle(operation, end, value) {
  operation.queue.delete(operation);
  clearTimeout(operation.clock);
  operation.signal?.removeEventListener("abort", operation.abort);
  end(value);
}

function drain(queue) {
  for (const operation of queue) {
    if (!attempt(operation)) {
      return;
    }
  }
}

function tryAll(state) {
  drain(state.recv);
  if (state.send.size > 0) {
    refresh(state.source);
    drain(state.send);
  }
  state.any.forEach(attempt);
}

// Lets libzmq take note of what has come, which a send does not do each time.
function refresh(source) {
  try {
    void source.events;
  } catch {
    // told by the attempt
  }
}

function rest(state) {
  waiting.delete(state.number);
  if (state.watched !== undefined) {
    disarm(state.watched);
  }
  if (waiting.size === 0) {
    clearInterval(timer);
  }
}

// Tries what waits, and waits for the next change if something is left.
function retry(state) {
  if (state.tries) {
    return;
  }
  state.tries = true;
  tryAll(state);
  state.tries = false;
  if (state.isIdle) {
    rest(state);
    return;
  }
  try {
    arm(state.watched);
  } catch (error) {
    for (const operation of [...state.recv, ...state.send, ...state.any]) {
      settle(operation, operation.reject, error);
    }
    rest(state);
  }
}

function wake(number) {
  const state = waiting.get(number);
  if (state !== undefined) {
    retry(state);
  }
}

// By libuv's loop, where the host has one: the others export some of its functions, which do not work.
function isLoopUsable() {
  const { uv, bun, deno } = process.versions;
  return uv !== undefined && bun === undefined && deno === undefined && process.env.ZMQJS_WATCH_BY !== "thread";
}

// Has wake() called for the state's source.
function begin(state) {
  if (waiting.has(state.number)) {
    return;
  }
  const { source } = state;
  if (!(source instanceof zmq.Socket || source instanceof zmq.Monitor)) {
    release(state); // its descriptor may be another one now
  }
  if (state.watched === undefined) {
    listen(wake, isLoopUsable());
    state.watched = open(source.fd, state.number);
  }
  waiting.set(state.number, state);
  if (waiting.size === 1) {
    timer = setInterval(() => waiting.forEach(retry), RETRY_MILLISECONDS);
    timer.unref();
  }
}

function release(state) {
  if (state.watched !== undefined) {
    close(state.watched);
    state.watched = undefined;
  }
}

// After a source was closed: ends what waits for it.
function closed(source) {
  const state = states.get(source);
  if (state === undefined) {
    return;
  }
  if (waiting.has(state.number)) {
    retry(state);
  }
  release(state);
}

// After something that may have closed any sockets.
function recheckAll() {
  waiting.forEach(retry);
}

// After a call on a source of which something waits: libzmq may have taken note of what that waits for.
function recheck(source) {
  if (waiting.size === 0) {
    return;
  }
  const state = states.get(source);
  if (state === undefined || state.checks || !waiting.has(state.number)) {
    return;
  }
  state.checks = true;
  queueMicrotask(() => {
    state.checks = false;
    wake(state.number);
  });
}

// Whether nothing waits in a direction of a source.
function isFree(source, direction) {
  return waiting.size === 0 || (states.get(source)?.[direction] ?? NONE).size === 0;
}

function noRoom(limit) {
  const error = new Error(`${limit} sends wait already: limit = ${limit}`);
  return Object.assign(error, { code: "ENOBUFS", errno: zmq.ENOBUFS });
}

// Waits until attempt(), which must not block, gives something else than undefined. direction is "recv", "send" or
// "any". Resolves to undefined where timeout, in milliseconds, has passed.
function wait(source, direction, attempt, { signal, timeout = -1, limit = Infinity } = {}) {
  if (signal?.aborted) {
    return Promise.reject(signal.reason);
  }
  if (timeout === 0) {
    return Promise.resolve(undefined);
  }
  const state = stateOf(source);
  const queue = state[direction];
  if (queue.size >= limit) {
    return Promise.reject(noRoom(limit));
  }
  return new Promise((resolve, reject) => {
    begin(state); // first: what fails here is not queued
    const operation = { attempt, resolve, reject, queue, clock: undefined, signal, abort: undefined };
    queue.add(operation);
    const withdraw = (end, value) => {
      settle(operation, end, value);
      if (state.isIdle) {
        rest(state);
      }
    };
    if (timeout > 0) {
      operation.clock = setTimeout(() => withdraw(resolve, undefined), timeout);
    }
    if (signal !== undefined) {
      operation.abort = () => withdraw(reject, signal.reason);
      signal.addEventListener("abort", operation.abort);
    }
    retry(state);
  });
}

// Does something that is tried at once, unless others wait in that direction.
async function perform(source, direction, attempt, options = {}) {
  options.signal?.throwIfAborted();
  if (isFree(source, direction)) {
    const result = attempt();
    if (result !== undefined) {
      recheck(source);
      const due = turn();
      if (due !== undefined) {
        await due;
      }
      return result;
    }
  }
  return wait(source, direction, attempt, options);
}

module.exports = { wait, perform, isFree, turn, recheck, recheckAll, closed };
