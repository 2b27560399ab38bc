// Contexts: their options, and refused values.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as zmq from "zeromq";

test("options are read and set", () => {
  const context = new zmq.Context({ ioThreads: 3, ipv6: true });
  assert.equal(context.ioThreads, 3);
  assert.equal(context.ipv6, true);
  context.maxSockets = 20;
  assert.equal(context.maxSockets, 20);
  context.maxMessageSize = 1000;
  assert.equal(context.maxMessageSize, 1000);
  context.blocky = false;
  assert.equal(context.blocky, false);
  assert.ok(context.maxSocketsLimit > 1000);
  context.threadPriority = 1;
  assert.equal(context.threadPriority, undefined);
  context.threadSchedulingPolicy = 0;
  assert.equal(context.threadSchedulingPolicy, undefined);
});

test("without blocky new sockets do not linger", () => {
  const context = new zmq.Context({ blocky: false });
  assert.equal(new zmq.Push({ context }).linger, 0);
  assert.equal(new zmq.Push({ context, linger: 7 }).linger, 7);
  assert.equal(new zmq.Push().linger, -1);
});

test("options of the default context are for its later sockets", () => {
  new zmq.Push().close();
  zmq.context.ipv6 = true;
  zmq.context.blocky = false;
  assert.deepEqual([zmq.context.ipv6, zmq.context.blocky], [true, false]);
  const changed = new zmq.Push();
  assert.deepEqual([changed.ipv6, changed.linger], [true, 0]);
  zmq.context.ipv6 = false;
  zmq.context.blocky = true;
  const back = new zmq.Push();
  assert.deepEqual([back.ipv6, back.linger], [false, -1]);
  changed.close();
  back.close();
});

test("what is wrong throws", () => {
  assert.throws(() => zmq.Context(), { name: "TypeError", message: "Class constructors cannot be invoked without 'new'" });
  assert.throws(() => new zmq.Context(1), { name: "TypeError", message: "Options must be an object" });
  assert.throws(() => new zmq.Context(null), TypeError);
  assert.throws(() => new zmq.Context({}, 2), { message: "Expected 1 argument but received 2" });
  assert.throws(() => new zmq.Context({ ioThread: 1 }), { name: "TypeError", message: /ioThread, object is not extensible/ });
  assert.throws(() => { zmq.context.typo = 1; }, TypeError);
  assert.throws(() => { zmq.context.maxSocketsLimit = 1; }, { name: "TypeError", message: /maxSocketsLimit of #<Context>/ });
  assert.throws(() => { zmq.context.ioThreads = "2"; }, { name: "TypeError", message: "Option value must be a number" });
  assert.throws(() => { zmq.context.ipv6 = 1; }, { name: "TypeError", message: "Option value must be a boolean" });
  assert.throws(() => { zmq.context.ioThreads = -1; }, { code: "EINVAL", errno: 22, message: "Invalid argument" });
  assert.throws(() => { zmq.context.ioThreads = NaN; }, RangeError);
  assert.throws(() => zmq.Context.prototype.ioThreads, { code: "EINVAL" });
  assert.throws(() => new zmq.Push({ context: {} }), { code: "EINVAL" });
  assert.throws(() => new zmq.Push({ context: null }), { code: "EINVAL" });
});

test("every option refuses other types", () => {
  const numbers = ["ioThreads", "maxSockets", "threadPriority", "threadSchedulingPolicy", "maxMessageSize"];
  const flags = ["ipv6", "blocky"];
  const accessors = Object.entries(Object.getOwnPropertyDescriptors(zmq.Context.prototype)).filter(([, { set }]) => set !== undefined);
  assert.deepEqual(accessors.map(([name]) => name).sort(), [...numbers, ...flags, "maxSocketsLimit"].sort());
  for (const context of [zmq.context, new zmq.Context()]) {
    for (const name of numbers) {
      for (const value of ["1", true, null, undefined, {}, [], 1n, Symbol("x")]) {
        assert.throws(() => { context[name] = value; }, { name: "TypeError", message: "Option value must be a number" }, name);
      }
    }
    for (const name of flags) {
      for (const value of ["true", 1, null, undefined, {}, [], 1n, Symbol("x")]) {
        assert.throws(() => { context[name] = value; }, { name: "TypeError", message: "Option value must be a boolean" }, name);
      }
    }
  }
});

test("the most sockets that a context has", () => {
  const context = new zmq.Context({ maxSockets: 3 });
  const sockets = [];
  assert.throws(
    () => {
      for (;;) sockets.push(new zmq.Dealer({ context }));
    },
    { code: "EMFILE", message: "Too many open file descriptors" },
  );
  sockets.forEach((socket) => socket.close());
});

test("a context that nothing refers to is collected", async () => {
  const make = () => {
    const context = new zmq.Context();
    new zmq.Dealer({ context }).close();
    return new WeakRef(context);
  };
  const gone = make();
  while (gone.deref() !== undefined) {
    await globalThis.gc({ type: "major", execution: "async" });
  }
});

test("the library", () => {
  assert.match(zmq.version, /^\d+\.\d+\.\d+$/);
  assert.equal(zmq.capability.ipc, process.platform !== "win32");
  assert.ok(Object.values(zmq.capability).every((value) => typeof value === "boolean"));
  const keys = zmq.curveKeyPair();
  assert.deepEqual(Object.keys(keys).sort(), ["publicKey", "secretKey"]);
  assert.equal(keys.publicKey.length, 40);
  assert.notEqual(keys.publicKey, zmq.curveKeyPair().publicKey);
});
