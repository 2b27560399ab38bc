"use strict";
const zmq = require("../index.js");
const { Direction } = require("./direction.js");
const { toPart } = require("./messages.js");
const { areLent, copyOf, copyOfAll, isLent, lending } = require("./waiting.js");
const { DONTWAIT, POLLOUT } = zmq;

/** A message is a part, or an array of parts. */
class Sending extends Direction {
  constructor() {
    super({
      name: "send",
      event: POLLOUT,
      busy: "Socket is busy writing; only one send operation may be in progress at any time",
    });
  }

  waiting(state) {
    return state.sending;
  }

  setWaiting(state, operation) {
    state.sending = operation;
  }

  timeout(state) {
    return state.sendTimeout;
  }

  attempt({ native }, message) {
    return Array.isArray(message)
      ? (areLent(message) ? lending : native).send_multipart.call(native, message, DONTWAIT)
      : (isLent(message) ? lending : native).send.call(native, message, DONTWAIT);
  }

  // libzmq does not look each time at what its peers have received: it does where it is asked for events.
  try(state, message) {
    return this.attempt(state, message) ?? (state.isReady(POLLOUT) ? this.attempt(state, message) : undefined);
  }

  finish() {
    return undefined;
  }

  keep(message) {
    return Array.isArray(message) ? copyOfAll(message, areLent(message)) : copyOf(message, isLent(message));
  }
}

/** What is given to send(): a part, or an array of parts; undefined if it has none. */
function toMessage(value) {
  if (!Array.isArray(value)) {
    return toPart(value);
  }
  switch (value.length) {
    case 0:
      return undefined;
    case 1:
      return toPart(value[0]);
    default:
      return Array.from(value, toPart);
  }
}

module.exports = { Sending, sending: new Sending(), toMessage };
