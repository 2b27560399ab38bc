"use strict";
// The promise forms of waits that take nothing: until a socket is ready, a poller has events, a context has ended.
const { zmq } = require("./addon.js");
const { expect, readOptions } = require("./arguments.js");
const { done } = require("./operations.js");
const { wait: waitFor, waitsFor } = require("./waiting.js");
const { DONTWAIT, POLLIN, POLLOUT } = zmq;

// Does something that is tried at once, and then waits in no order.
function perform(source, attempt, options) {
  options.signal?.throwIfAborted();
  const state = waitsFor(source);
  const result = attempt();
  return result !== undefined ? done(state, result) : waitFor(source, "any", attempt, options, options.timeout);
}

const waiterFor = (name, event) => {
  const signature = `${name}(socket, options?)`;
  return {
    async [name](socket, options) {
      expect(signature, "socket", "Socket or a Monitor", socket);
      return perform(socket, () => (socket.events & event) !== 0 || undefined, readOptions(signature, options));
    },
  }[name];
};

// As the method where it is given something else than a number, or would wait for ever for nothing, as it does once
// the last socket is closed.
async function waitForPoller(signature, poller, timeout, options, method) {
  expect(signature, "poller", "Poller", poller);
  const read = readOptions(signature, options);
  if (!Number.isInteger(timeout)) {
    read.signal?.throwIfAborted();
    return method(timeout);
  }
  const attempt = () => method(timeout < 0 && poller.size() === 0 ? timeout : 0) ?? undefined;
  return await perform(poller, attempt, { ...read, timeout: Math.max(timeout, -1) }) ?? null;
}

async function wait(poller, timeout, options) {
  return waitForPoller("wait(poller, timeout, options?)", poller, timeout, options, (time) => poller.wait(time));
}

async function wait_all(poller, n_events, timeout, options) {
  return waitForPoller("wait_all(poller, n_events, timeout, options?)", poller, timeout, options,
    (time) => poller.wait_all(n_events, time));
}

async function term(context, options) {
  const signature = "term(context, options?)";
  expect(signature, "context", "Context", context);
  return perform(context, () => context.term(DONTWAIT), readOptions(signature, options));
}

module.exports = {
  readable: waiterFor("readable", POLLIN),
  writable: waiterFor("writable", POLLOUT),
  wait,
  wait_all,
  term,
};
