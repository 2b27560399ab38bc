"use strict";
// The additions in Node to the classes of the module: their representation, asynchronous iteration
// and disposal, and the end of waits for a source as soon as that is closed.
const { zmq } = require("./addon.js");
const { areWatched, note, noted } = require("./entries.js");
const { changed, closed, recheckAll } = require("./waiting.js");
const { Context, Monitor, Poller, Socket, DONTWAIT } = zmq;

function define(prototype, key, value) {
  Object.defineProperty(prototype, key, { value, writable: true, configurable: true, enumerable: false });
}

// Has something be done after a method, with this, its result and its arguments; where that throws, with undefined, or not at all.
function follow(prototype, key, after, always = false) {
  const method = prototype[key];
  if (method === undefined) {
    return;
  }
  const followed = {
    [key](...given) {
      let result;
      try {
        result = method.apply(this, given);
      } catch (error) {
        if (always) {
          after(this);
        }
        throw error;
      }
      after(this, result, given);
      return result;
    },
  }[key];
  Object.defineProperty(followed, "name", { value: method.name, configurable: true });
  define(prototype, key, followed);
}

for (const { prototype } of [Socket, Monitor]) {
  follow(prototype, "close", closed);
  follow(prototype, Symbol.dispose, closed);
}
for (const key of ["shutdown", "term", Symbol.dispose]) {
  follow(Context.prototype, key, recheckAll, true);
}

for (const key of areWatched ? noted : []) {
  follow(Poller.prototype, key, (poller, result, given) => {
    note(key, poller, given);
    changed(poller);
  });
}

// A property that a socket lacks is a mistake.
follow(Context.prototype, "socket", (context, socket) => Object.seal(socket));

// ---- asynchronous iteration and disposal ----

for (const { prototype } of [Socket, Monitor]) {
  define(prototype, Symbol.asyncIterator, {
    [Symbol.asyncIterator]() {
      return require("./messages.js").messages(this);
    },
  }[Symbol.asyncIterator]);
}
if (Symbol.asyncDispose !== undefined) {
  for (const { prototype } of [Socket, Monitor]) {
    define(prototype, Symbol.asyncDispose, {
      async [Symbol.asyncDispose]() {
        this.close();
      },
    }[Symbol.asyncDispose]);
  }
  define(Context.prototype, Symbol.asyncDispose, {
    async [Symbol.asyncDispose]() {
      this[Symbol.dispose](DONTWAIT);
      await require("./readiness.js").term(this);
    },
  }[Symbol.asyncDispose]);
}

// ---- how they are shown ----

const types = ["PAIR", "PUB", "SUB", "REQ", "REP", "DEALER", "ROUTER", "PULL", "PUSH", "XPUB", "XSUB", "STREAM",
  "SERVER", "CLIENT", "RADIO", "DISH", "GATHER", "SCATTER", "DGRAM", "PEER", "CHANNEL"];
const typeNames = new Map(types.map((name) => [zmq[name], name]));

const describe = (socket) => {
  const type = typeNames.get(socket.type) ?? socket.type;
  return socket.closed ? { type, closed: true } : { type, endpoint: socket.last_endpoint, closed: false };
};

for (const [{ prototype }, show] of [
  [Socket, describe],
  [Monitor, ({ closed }) => ({ closed })],
  [Context, ({ closed }) => ({ closed })],
  [Poller, (poller) => ({ size: poller.size() })],
]) {
  define(prototype, Symbol.for("nodejs.util.inspect.custom"), function (depth, options, inspect) {
    const name = this.constructor?.name ?? "Object";
    try {
      return `${name} ${inspect(show(this), options)}`;
    } catch {
      return `${name} {}`; // a prototype
    }
  });
}

module.exports = zmq;
