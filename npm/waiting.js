"use strict";
// Waiting without blocking the event loop. A source is what has a descriptor that tells of changes:
// a Socket, a Monitor, a Poller, a Context. An operation is tried, and tried again whenever the
// descriptor is readable, until it gives something. Those of one direction of a socket are done in
// the order of their calls. A wait runs through few functions, and makes no closure or array: what V8 compiles
// while a service begins delays its first messages.
const { zmq, listen } = require("./addon.js");
const { Descriptor } = require("./descriptor.js");
const { Entries, areWatched } = require("./entries.js");
const { Queue } = require("./queue.js");
const { turn } = require("./turn.js");

// The descriptor tells once what has changed. A call of the script's own on the same socket may take
// that from what waits: so this is tried again at times. What the promises do themselves needs no
// such look: see recheck().
const RETRY_MILLISECONDS = 50;

const states = new WeakMap(); // by source
const watching = new Map(); // the states of which something waits, or has just waited, by their numbers
const pollers = new Set(); // those of pollers
let lastNumber = 0;
let timer;

class State {
  constructor(source) {
    this.source = source;
    this.number = ++lastNumber;
    this.recv = new Queue(this);
    this.send = new Queue(this);
    this.any = new Queue(this); // in no order
    this.count = 0; // of all that waits
    this.watched = undefined; // a Descriptor, or Entries
    this.hasEntries = areWatched && source instanceof zmq.Poller;
    this.isListed = false; // in watching
    this.keepsDescriptor = source instanceof zmq.Socket || source instanceof zmq.Monitor;
    this.checks = false; // whether it is to be tried again soon
    this.tries = false; // whether it is being tried, which may call what has others tried
    this.check = () => {
      this.checks = false;
      retry(this);
    };
  }
}

// What waits. When attempt(source), which must not block, gives something else than undefined, it is over. A subclass
// has attempt(), and may override finish() and explain(), which make of the result, and of an error, what the promise
// ends with. Of the options it looks at signal and limit.
class Operation {
  constructor(options) {
    this.options = options;
    this.queue = undefined; // in which it waits
    this.next = undefined;
    this.previous = undefined;
    this.limits = undefined; // what may end the wait
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

// One whose attempt() is a function.
class Attempt extends Operation {
  constructor(attempt, options) {
    super(options);
    this.attempt = attempt;
  }
}

// Tries what waits in a queue, up to the first that is not over, or all.
function drain(queue, all) {
  let operation = queue.first;
  while (operation !== undefined && operation.queue === queue) {
    const { next } = operation;
    let result;
    try {
      result = operation.attempt(queue.state.source);
      if (result !== undefined) {
        complete(operation, result);
      } else if (!all) {
        return;
      }
    } catch (error) {
      fail(operation, error);
    }
    operation = all ? next : queue.first;
  }
}

// Does not throw.
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
  const { queue } = operation;
  if (queue !== undefined) {
    queue.delete(operation);
    queue.state.count--;
    if (operation.limits !== undefined) {
      operation.limits.end();
    }
  }
}

// Lets libzmq take note of what has come, which a send does not do each time.
function refresh(source) {
  try {
    void source.events;
  } catch {
    // told by the attempt
  }
}

// It stays listed and open: most waits are followed by another one soon.
function rest(state) {
  if (state.watched !== undefined) {
    state.watched.disarm();
  }
}

// Tries what waits, and waits for the next change if something is left.
function retry(state) {
  if (state.tries || state.count === 0) {
    return;
  }
  state.tries = true;
  drain(state.recv, false);
  if (state.send.size > 0) {
    refresh(state.source);
    drain(state.send, false);
  }
  if (state.any.size > 0) {
    drain(state.any, true);
  }
  state.tries = false;
  if (state.count === 0) {
    rest(state);
  } else {
    watch(state);
  }
}

// Waits for the next change.
function watch(state) {
  try {
    state.watched.arm();
  } catch (error) {
    for (const queue of [state.recv, state.send, state.any]) {
      while (queue.size > 0) {
        fail(queue.first, error);
      }
    }
    rest(state);
  }
}

function wake(number) {
  const state = watching.get(number);
  if (state !== undefined) {
    retry(state);
  }
}

// By libuv's loop, where the host has one: the others export some of its functions, which do not work.
function isLoopUsable() {
  const { uv, bun, deno } = process.versions;
  return uv !== undefined && bun === undefined && deno === undefined && process.env.ZMQJS_WATCH_BY !== "thread";
}

// Has wake() called for the state's source, of which nothing waits yet. Returns whether its descriptor was open already,
// and so told of what came.
function begin(state) {
  if (!state.keepsDescriptor) {
    release(state); // its descriptor may be another one now
  }
  const wasOpen = state.watched !== undefined;
  if (!wasOpen) {
    listen(wake, isLoopUsable());
    openWatched(state);
  }
  if (!state.isListed) {
    list(state);
  }
  return wasOpen;
}

function list(state) {
  watching.set(state.number, state);
  state.isListed = true;
  if (state.source instanceof zmq.Poller) {
    pollers.add(state);
  }
  if (timer === undefined) {
    timer = setInterval(retryAll, RETRY_MILLISECONDS);
    timer.unref();
  }
}

function unlist(state) {
  watching.delete(state.number);
  state.isListed = false;
  pollers.delete(state);
}

function retryAll() {
  if (watching.size === 0) {
    clearInterval(timer);
    timer = undefined;
  }
  for (const state of watching.values()) {
    if (state.count === 0) {
      unlist(state);
    } else {
      retry(state);
    }
  }
}

function openWatched(state) {
  const Watched = state.hasEntries ? Entries : Descriptor;
  state.watched = new Watched(state.source, state.number);
}

function release(state) {
  if (state.watched !== undefined) {
    state.watched.close();
    state.watched = undefined;
  }
}

// After a change to the entries of a poller that may wait.
function reopen(state) {
  if (state.hasEntries && state.count > 0) {
    try {
      release(state);
      openWatched(state);
    } catch (error) {
      while (state.any.size > 0) {
        fail(state.any.first, error);
      }
      return;
    }
  }
  retry(state);
}

// The same for the poller itself.
function changed(poller) {
  const state = waitsFor(poller);
  if (state !== undefined) {
    reopen(state);
  }
}

// After a source was closed: ends what waits for it. Pollers may wait for it too.
function closed(source) {
  const state = states.get(source);
  if (state !== undefined) {
    retry(state);
    release(state);
    if (state.isListed && state.count === 0) {
      unlist(state);
    }
  }
  pollers.forEach(reopen);
}

// After something that may have closed any sockets.
function recheckAll() {
  watching.forEach(retry);
}

// The state of a source of which something waits; else undefined.
function waitsFor(source) {
  const state = watching.size === 0 ? undefined : states.get(source);
  return state === undefined || state.count === 0 ? undefined : state;
}

// After a call on a source of which something waits, the state: libzmq may have taken note of what that waits for.
function recheckState(state) {
  if (!state.checks) {
    state.checks = true;
    queueMicrotask(state.check);
  }
}

// The same after a call on any source.
function recheck(source) {
  const state = waitsFor(source);
  if (state !== undefined) {
    recheckState(state);
  }
}

function noRoom(limit) {
  const error = new Error(`${limit} sends wait already: limit = ${limit}`);
  return Object.assign(error, { code: "ENOBUFS", errno: zmq.ENOBUFS });
}

let begun; // the operation whose promise is made

function keep(resolve, reject) {
  begun.resolve = resolve;
  begun.reject = reject;
  begun = undefined;
}

// Has an operation wait: in a queue of a source, "recv" or "send", or with those of no order, "any". When timeout, in
// milliseconds, has passed, its result is undefined; below 0 it waits without end. tried: attempt() has just given
// undefined, and libzmq has taken note of all that had come for the direction.
function enqueue(source, direction, operation, timeout, tried) {
  const { signal, limit } = operation.options;
  if (signal !== undefined && signal.aborted) {
    return Promise.reject(signal.reason);
  }
  begun = operation;
  const promise = new Promise(keep);
  if (timeout === 0) {
    complete(operation, undefined);
    return promise;
  }
  let state = states.get(source);
  if (state === undefined) {
    state = new State(source);
    states.set(source, state);
  }
  const queue = state[direction];
  if (queue.size >= limit) {
    fail(operation, noRoom(limit));
    return promise;
  }
  let isKnown = false; // whether nothing has come since the attempt
  if (state.count === 0) {
    try {
      isKnown = begin(state) && tried;
    } catch (error) {
      fail(operation, error);
      return promise;
    }
  }
  queue.add(operation);
  state.count++;
  if (timeout > 0 || signal !== undefined) {
    operation.limits = new Limits(operation, timeout, signal);
  }
  if (isKnown) {
    watch(state);
  } else {
    retry(state); // the attempt may have taken from the others what they wait for
  }
  return promise;
}

// What may end a wait: time, and an AbortSignal.
class Limits {
  constructor(operation, timeout, signal) {
    this.clock = timeout > 0 ? setTimeout(withdraw, timeout, operation, complete, undefined) : undefined;
    this.signal = signal;
    this.abort = () => withdraw(operation, fail, signal.reason);
    if (signal !== undefined) {
      signal.addEventListener("abort", this.abort);
    }
  }

  end() {
    clearTimeout(this.clock);
    if (this.signal !== undefined) {
      this.signal.removeEventListener("abort", this.abort);
    }
  }
}

// Ends an operation that waits.
function withdraw(operation, end, value) {
  const { state } = operation.queue;
  end(operation, value);
  if (state.count === 0) {
    rest(state);
  }
}

// Waits until attempt() gives something else than undefined.
function wait(source, direction, attempt, options = {}, timeout = -1, tried = false) {
  return enqueue(source, direction, new Attempt(attempt, options), timeout, tried);
}

module.exports = { Operation, enqueue, wait, turn, waitsFor, recheck, recheckState, recheckAll, closed, changed };
