"use strict";
// The promise form of proxy(): it passes on the messages that have arrived, and waits for more.
const { zmq } = require("./addon.js");
const { expect, readOptions } = require("./arguments.js");
const { send, send_multipart } = require("./sending.js");
const { recheck, turn, wait } = require("./waiting.js");
const { DONTWAIT, POLLIN, POLLOUT } = zmq;

const signature = "proxy(frontend, backend, capture?, control?, options?)";

// About how many messages one pass takes.
const PASSED = 100;

const counters = ["messages_received", "bytes_received", "messages_sent", "bytes_sent"];

class Proxy {
  #frontend;
  #backend;
  #capture;
  #control;
  #sources;
  #begun; // the initial values of the counters
  #paused = false;

  constructor(frontend, backend, capture, control) {
    this.#frontend = frontend;
    this.#backend = backend;
    this.#capture = capture;
    this.#control = control;
    this.#sources = new Set([frontend, backend, control].filter((socket) => socket !== null));
    this.#begun = this.#count();
  }

  #count() {
    return [this.#frontend, this.#backend].flatMap((socket) => counters.map((name) => BigInt(socket[name])));
  }

  // Carries out a command: whether it ends the proxy.
  async #obey(command) {
    if (command === "STATISTICS") {
      const numbers = this.#count().map((number, i) => number - this.#begun[i]);
      await send_multipart(this.#control, numbers.map((number) => BigUint64Array.of(number)));
      return false;
    }
    if (command === "PAUSE" || command === "RESUME") {
      this.#paused = command === "PAUSE";
    }
    if (this.#control.type === zmq.REP) {
      await send(this.#control, null);
    }
    return command === "TERMINATE";
  }

  #canPass(from, to) {
    return (from.events & POLLIN) !== 0 && (to.events & POLLOUT) !== 0;
  }

  // Whether there is something to do.
  #isDue() {
    if (this.#control !== null && (this.#control.events & POLLIN) !== 0) {
      return true;
    }
    // Both are asked, because this makes libzmq process pending commands.
    const forth = this.#canPass(this.#frontend, this.#backend), back = this.#canPass(this.#backend, this.#frontend);
    return !this.#paused && (forth || back);
  }

  async #wait(signal) {
    const over = new AbortController();
    const end = () => over.abort(signal.reason);
    signal?.addEventListener("abort", end);
    try {
      await Promise.race(Array.from(this.#sources, (source) =>
        wait(source, "any", () => this.#isDue() || undefined, { signal: over.signal })));
    } finally {
      signal?.removeEventListener("abort", end);
      over.abort();
    }
  }

  async run(signal) {
    for (;;) {
      signal?.throwIfAborted();
      let command;
      while (this.#control !== null && (command = this.#control.recv_str(DONTWAIT)) !== undefined) {
        if (await this.#obey(command)) {
          return 0;
        }
      }
      if (!this.#paused) {
        zmq.proxy(this.#frontend, this.#backend, this.#capture, null, DONTWAIT);
        this.#sources.forEach(recheck);
      }
      if (this.#isDue()) {
        await turn(PASSED);
      } else {
        await this.#wait(signal);
      }
    }
  }
}

async function proxy(frontend, backend, capture = null, control = null, options = undefined) {
  expect(signature, "frontend", "Socket", frontend);
  expect(signature, "backend", "Socket", backend);
  for (const [name, socket] of Object.entries({ capture, control })) {
    if (socket !== null) {
      expect(signature, name, "Socket", socket);
    }
  }
  return new Proxy(frontend, backend, capture, control).run(readOptions(signature, options).signal);
}

module.exports = { proxy };
