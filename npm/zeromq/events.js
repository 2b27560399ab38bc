"use strict";
// Events of sockets as in zeromq: a type, and its data.
const zmq = require("../index.js");
const { errorOfNumber } = require("./errors.js");

const types = new Map(Object.entries({
  EVENT_ACCEPTED: "accept",
  EVENT_ACCEPT_FAILED: "accept:error",
  EVENT_BIND_FAILED: "bind:error",
  EVENT_CLOSED: "close",
  EVENT_CLOSE_FAILED: "close:error",
  EVENT_CONNECTED: "connect",
  EVENT_CONNECT_DELAYED: "connect:delay",
  EVENT_CONNECT_RETRIED: "connect:retry",
  EVENT_DISCONNECTED: "disconnect",
  EVENT_HANDSHAKE_FAILED_AUTH: "handshake:error:auth",
  EVENT_HANDSHAKE_FAILED_NO_DETAIL: "handshake:error:other",
  EVENT_HANDSHAKE_FAILED_PROTOCOL: "handshake:error:protocol",
  EVENT_HANDSHAKE_SUCCEEDED: "handshake",
  EVENT_LISTENING: "bind",
  EVENT_MONITOR_STOPPED: "end",
}).map(([name, type]) => [zmq[name], type]));

const refusals = new Map([[300, "Temporary error"], [400, "Authentication failure"], [500, "Internal error"]]);

const protocolErrors = new Map(Object.keys(zmq)
  .filter((name) => name.startsWith("PROTOCOL_ERROR_"))
  .map((name) => [zmq[name], name.slice("PROTOCOL_ERROR_".length)]));

function authenticationError(status) {
  return Object.assign(new Error(refusals.get(status) ?? "Unknown error"), { status });
}

function protocolError(number) {
  const name = protocolErrors.get(number);
  return name === undefined
    ? Object.assign(new Error("Unknown error"), { code: "ERR_UNKNOWN" })
    : Object.assign(new Error(`${name.split("_", 1)[0]} protocol error`), { code: `ERR_${name}` });
}

const systemError = (value, text) => errorOfNumber(value, text);

// The meaning of the value of an event, if it has more than an address.
const details = {
  "connect:retry": (interval) => ({ interval }),
  "accept:error": (value, text) => ({ error: systemError(value, text) }),
  "bind:error": (value, text) => ({ error: systemError(value, text) }),
  "close:error": (value, text) => ({ error: systemError(value, text) }),
  "handshake:error:other": (value, text) => ({ error: systemError(value, text) }),
  "handshake:error:protocol": (value) => ({ error: protocolError(value) }),
  "handshake:error:auth": (value) => ({ error: authenticationError(value) }),
};

/** An event of the module "zmq" as one of zeromq's. */
function toEvent({ event, value, endpoint, text }) {
  const type = types.get(event) ?? "unknown";
  return {
    type,
    ...(endpoint === "" ? undefined : { address: endpoint }),
    ...details[type]?.(value, text),
  };
}

module.exports = { toEvent };
