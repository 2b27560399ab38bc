"use strict";
// Events of zeromq 6 under the names of zeromq 5, with their values.

const names = {
  accept: "accept",
  "accept:error": "accept_error",
  bind: "listen",
  "bind:error": "bind_error",
  close: "close",
  "close:error": "close_error",
  connect: "connect",
  "connect:delay": "connect_delay",
  "connect:retry": "connect_retry",
  disconnect: "disconnect",
};

const valueOf = ({ interval, error }) => interval ?? error?.errno;

/** Makes a socket emit the events of its observer, until that ends. */
async function emitEvents(socket, events) {
  try {
    for await (const event of events) {
      if (event.type === "end") {
        return;
      }
      const name = names[event.type];
      if (name !== undefined) {
        process.nextTick(() => socket.emit(name, valueOf(event), event.address, event.error));
      }
    }
  } catch (error) {
    if (!socket.closed) {
      process.nextTick(() => socket.emit("error", error));
    }
  }
}

module.exports = { emitEvents };
