"use strict";
// The promise forms of waits that take nothing: until a socket is ready, a poller has events, a context has ended.
const { zmq } = require("./addon.js");
const { expect, readOptions } = require("./arguments.js");
const { done } = require("./operations.js");
const { perform, wait: waitFor } = require("./waiting.js");
const { DONTWAIT, POLLIN, POLLOUT } = zmq;

const waiterFor = (name, event) => {
  const signature = `${name}(socket, options?)`;
  return {
    async [name](socket, options) {
      expect(signature, "socket", "Socket or a Monitor", socket);
      return perform(socket, "any", () => (socket.events & event) !== 0 || undefined, readOptions(signature, options));
    },
  }[name];
};

// As the method where it is given something else than a number, or would wait for ever for nothing, as it does once
// the last socket is closed.
async function waitForPoller(signature, poller, timeout, options, method) {
  expect(signature, "poller", "Poller", poller);
  const read = readOptions(signature, options);
  read.signal?.throwIfAborted();
  if (!Number.isInteger(timeout)) {
    return method(timeout);
  }
  const attempt = () => method(timeout < 0 && poller.size() === 0 ? timeout : 0) ?? undefined;
  const found = attempt();
  return found !== undefined ? done(poller, found)
    : await waitFor(poller, "any", attempt, { ...read, timeout: Math.max(timeout, -1) }) ?? null;
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
  return perform(context, "any", () => context.term(DONTWAIT), readOptions(signature, options));
}

module.exports = {
  readable: waiterFor("readable", POLLIN),
  writable: waiterFor("writable", POLLOUT),
  wait,
  wait_all,
  term,
};
