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
const pollers = new Set(); // those of pollers
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

// What waits. When attempt(), which must not block, gives something else than undefined, it is over; undefined is its
// result where timeout, in milliseconds, has passed. tried: attempt() has just given undefined, and libzmq has taken
// note of all that had come for the direction. A subclass may override attempt(), finish() and explain(), which make of
// the result, and of an error, what the promise ends with.
class Operation {
  constructor(attempt, { signal, timeout = -1, limit = Infinity, tried = false } = {}) {
    if (attempt !== undefined) {
      this.attempt = attempt;
    }
    this.signal = signal;
    this.timeout = timeout;
    this.limit = limit;
    this.tried = tried;
    this.queue = undefined;
    this.clock = undefined;
    this.abort = undefined;
    this.resolve = undefined;
    this.reject = undefined;
  }

  finish(result) {
    return result;
  }

  explain(error) {
    return error;
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
    fail(operation, error);
    return true;
  }
  if (result === undefined) {
    return false;
  }
  complete(operation, result);
  return true;
}

function complete(operation, result) {
  remove(operation);
  try {
    operation.resolve(operation.finish(result));
  } catch (error) {
    operation.reject(error);
  }
}

function fail(operation, error) {
  remove(operation);
  operation.reject(operation.explain(error));
}

function remove(operation) {
  operation.queue?.delete(operation);
  if (operation.clock !== undefined) {
    clearTimeout(operation.clock);
  }
  operation.signal?.removeEventListener("abort", operation.abort);
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
  pollers.delete(state);
  if (state.watched !== undefined) {
    disarm(state.watched);
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
  } else {
    watch(state);
  }
}

// Waits for the next change.
function watch(state) {
  try {
    arm(state.watched);
  } catch (error) {
    for (const operation of [...state.recv, ...state.send, ...state.any]) {
      fail(operation, error);
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

// Has wake() called for the state's source. Returns whether its descriptor was open already, and so told of what came.
function begin(state) {
  if (waiting.has(state.number)) {
    return true;
  }
  const { source } = state;
  if (!(source instanceof zmq.Socket || source instanceof zmq.Monitor)) {
    release(state); // its descriptor may be another one now
  }
  const wasOpen = state.watched !== undefined;
  if (!wasOpen) {
    listen(wake, isLoopUsable());
    state.watched = open(source.fd, state.number);
  }
  waiting.set(state.number, state);
  if (source instanceof zmq.Poller) {
    pollers.add(state);
  }
  if (timer === undefined) {
    timer = setInterval(retryAll, RETRY_MILLISECONDS);
    timer.unref();
  }
  return wasOpen;
}

// The timer outlives a wait: most are followed by another one soon.
function retryAll() {
  if (waiting.size === 0) {
    clearInterval(timer);
    timer = undefined;
  }
  waiting.forEach(retry);
}

function release(state) {
  if (state.watched !== undefined) {
    close(state.watched);
    state.watched = undefined;
  }
}

// After a source was closed: ends what waits for it. Pollers may wait for it too.
function closed(source) {
  const state = states.get(source);
  if (state !== undefined) {
    if (waiting.has(state.number)) {
      retry(state);
    }
    release(state);
  }
  pollers.forEach(retry);
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

// Has an operation wait: in a queue of a source, "recv" or "send", or with those of no order, "any".
function enqueue(source, direction, operation) {
  const { signal, timeout } = operation;
  if (signal?.aborted) {
    return Promise.reject(signal.reason);
  }
  return new Promise((resolve, reject) => {
    operation.resolve = resolve;
    operation.reject = reject;
    if (timeout === 0) {
      complete(operation, undefined);
      return;
    }
    const state = stateOf(source);
    const queue = state[direction];
    if (queue.size >= operation.limit) {
      fail(operation, noRoom(operation.limit));
      return;
    }
    const isAlone = state.isIdle;
    let wasOpen;
    try {
      wasOpen = begin(state);
    } catch (error) {
      fail(operation, error);
      return;
    }
    operation.queue = queue;
    queue.add(operation);
    if (timeout > 0) {
      operation.clock = setTimeout(() => withdraw(state, operation, complete, undefined), timeout);
    }
    if (signal !== undefined) {
      operation.abort = () => withdraw(state, operation, fail, signal.reason);
      signal.addEventListener("abort", operation.abort);
    }
    if (operation.tried && isAlone && wasOpen) {
      watch(state);
    } else {
      retry(state); // the attempt may have taken from the others what they wait for
    }
  });
}

function withdraw(state, operation, end, value) {
  end(operation, value);
  if (state.isIdle) {
    rest(state);
  }
}

// Waits until attempt() gives something else than undefined, as an Operation does that has the options.
function wait(source, direction, attempt, options) {
  return enqueue(source, direction, new Operation(attempt, options));
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

module.exports = { Operation, enqueue, wait, perform, isFree, turn, recheck, recheckAll, closed };
