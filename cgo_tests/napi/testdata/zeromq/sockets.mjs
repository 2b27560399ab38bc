// Sockets: what the classes have, what they send and receive, how they wait and end.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { test } from "node:test";
import * as zmq from "zeromq";
import { lateEndpoint } from "./late.mjs";

let number = 0;
const endpoint = () => `inproc://${++number}`;
const turn = () => new Promise(setImmediate);

// Tries until an address is free.
async function eventually(attempt) {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      assert.equal(error.code, "EADDRINUSE");
      await turn();
    }
  }
}

async function pair(type = zmq.Pair, otherType = zmq.Pair, options = {}, otherOptions = options) {
  const a = new type({ linger: 0, ...options }), b = new otherType({ linger: 0, ...otherOptions });
  await a.bind("tcp://127.0.0.1:*");
  b.connect(a.lastEndpoint);
  return [a, b];
}

const names = ["Pair", "Publisher", "Subscriber", "Request", "Reply", "Dealer", "Router", "Pull", "Push", "XPublisher", "XSubscriber", "Stream"];

test("the classes have their types", () => {
  names.forEach((name, type) => {
    const socket = new zmq[name]();
    assert.ok(socket instanceof zmq.Socket);
    assert.equal(socket.type, type);
    assert.equal(socket.closed, false);
    assert.equal(socket.context, zmq.context);
    assert.equal(socket.threadSafe, false);
    assert.equal(Object.keys(socket).length, 0);
    assert.throws(() => zmq[name](), { name: "TypeError", message: `Class constructor ${name} cannot be invoked without 'new'` });
  });
  for (const name of ["Publisher", "Push"]) {
    assert.throws(() => new zmq[name]().receive(), { name: "TypeError", message: /receive is not a function/ });
  }
});

test("what cannot send says so", async () => {
  for (const name of ["Subscriber", "Pull"]) {
    assert.throws(() => new zmq[name]().send(), { name: "TypeError", message: "Message must be present" });
    await assert.rejects(new zmq[name]().send("x"), { code: "ENOTSUP" });
  }
});

test("the constructor of all", () => {
  class Own extends zmq.Socket {
    #kept = 5;
    constructor(options) {
      super(0, options);
    }
    get kept() {
      return this.#kept;
    }
  }
  assert.equal(new Own({ linger: 3 }).linger, 3);
  assert.equal(new Own().kept, 5);
  assert.equal(new zmq.Socket(7).type, 7);
  assert.throws(() => zmq.Socket(0), { name: "TypeError", message: "Class constructors cannot be invoked without 'new'" });
  assert.throws(() => new zmq.Socket(), { name: "TypeError", message: "Socket type must be a number" });
  assert.throws(() => new zmq.Socket("7"), TypeError);
  assert.throws(() => new zmq.Socket(0, {}, 1), { name: "TypeError", message: "Expected 2 arguments but received 3" });
  assert.throws(() => new zmq.Socket(0, 1), { name: "TypeError", message: "Options must be an object" });
  assert.throws(() => new zmq.Socket(99), { code: "EINVAL", message: "Invalid argument" });
  const given = { linger: 1, context: zmq.context };
  assert.equal(new zmq.Pair(given).linger, 1);
  assert.deepEqual(Object.keys(given), ["linger", "context"], "the options are not changed");
});

test("a socket whose options are refused is closed", () => {
  const context = new zmq.Context({ maxSockets: 2 });
  for (let refused = 0; refused < 10;) {
    try {
      new zmq.Pair({ context, linger: "x" });
    } catch (error) {
      if (error instanceof TypeError) refused++;
      else assert.equal(error.code, "EMFILE"); // libzmq has not closed the one before yet
    }
  }
});

test("parts of every kind", async () => {
  const [a, b] = await pair();
  const bytes = Buffer.from("foo");
  const sent = [
    ["text ü", "text ü"], [bytes, "foo"], [new Uint8Array(bytes), "foo"],
    [new Uint8Array(bytes).buffer, "foo"], [new DataView(new Uint8Array(bytes).buffer, 1), "oo"],
    [Uint16Array.of(0x6162), "ba"], [new Uint8Array(new SharedArrayBuffer(2)), "\0\0"], [new SharedArrayBuffer(1), "\0"],
    [null, ""], ["", ""], [5, "5"], [16.19, "16.19"], [true, "true"], [7n, "7"], [{}, "[object Object]"],
    [{ toString: () => "own" }, "own"],
  ];
  for (const [message, text] of sent) {
    assert.equal(await a.send(message), undefined);
    const parts = await b.receive();
    assert.deepEqual(parts, [Buffer.from(text)]);
    assert.ok(Buffer.isBuffer(parts[0]));
  }
  await a.send(sent.map(([message]) => message));
  assert.deepEqual((await b.receive()).map(String), sent.map(([, text]) => text));
  await a.send([]); // nothing
  await a.send(["only"]);
  assert.deepEqual((await b.receive()).map(String), ["only"]);
  assert.throws(() => a.send(), { name: "TypeError", message: "Message must be present" });
  assert.throws(() => a.send("x", "y"), { message: "Expected 1 argument but received 2" });
  assert.throws(() => a.send(Symbol("x")), TypeError);
  assert.throws(() => a.send(["x", Symbol("x")]), TypeError);
  assert.throws(() => a.send({ toString() { throw new Error("mine"); } }), { message: "mine" });
  assert.throws(() => b.receive(1), { message: "Expected 0 arguments but received 1" });
  const large = Buffer.alloc(3_000_000, 7);
  await a.send([large, "end"]);
  const [received, end] = await b.receive();
  assert.ok(received.equals(large));
  assert.equal(end.toString("latin1"), "end");
});

test("one operation waits in each direction", async () => {
  const a = new zmq.Pair({ linger: 0 });
  const sends = a.send("x"), receives = a.receive();
  assert.throws(() => a.send("y"), { code: "EBUSY", message: /busy writing; only one send/ });
  assert.throws(() => a.receive(), { code: "EBUSY", message: /busy reading; only one receive/ });
  const b = new zmq.Pair({ linger: 0 });
  const where = endpoint();
  b.bindSync(where);
  a.connect(where);
  await sends;
  assert.equal(String(await b.receive()), "x");
  await b.send("y");
  assert.equal(String(await receives), "y");
  await a.send("z"); // again free
  assert.equal(String(await b.receive()), "z");
});

test("time-outs", async () => {
  const socket = new zmq.Pair({ linger: 0, sendTimeout: 5, receiveTimeout: 5 });
  const timedOut = { code: "EAGAIN", errno: 11, message: "Operation was not possible or timed out" };
  await assert.rejects(socket.send("x"), timedOut);
  await assert.rejects(socket.receive(), timedOut);
  socket.sendTimeout = socket.receiveTimeout = 0;
  await assert.rejects(socket.send("x"), timedOut);
  await assert.rejects(socket.receive(), timedOut);
  assert.equal(socket.sendTimeout, 0);
});

test("out of turn it waits", async () => {
  const [reply, request] = await pair(zmq.Reply, zmq.Request);
  const early = request.receive();
  assert.equal(request.readable, false);
  const answered = (async () => {
    const [text] = await reply.receive();
    await reply.send(`${text}!`);
  })();
  await request.send("one");
  assert.equal(request.writable, false);
  assert.equal(String(await early), "one!");
  await answered;
  request.sendTimeout = 5;
  await request.send("two");
  await assert.rejects(request.send("three"), { code: "EFSM", message: "Operation cannot be accomplished in current state" });
  request.sendTimeout = 0;
  await assert.rejects(request.send("three"), { code: "EFSM" });
});

test("a router without a peer waits, unless it may drop", async () => {
  const router = new zmq.Router({ linger: 0, mandatory: true, sendTimeout: 5 });
  await assert.rejects(router.send(["nobody", "x"]), { code: "EHOSTUNREACH" });
  router.mandatory = false;
  await router.send(["nobody", "x"]);
});

test("a router knows a peer by the id that it connects with", async () => {
  for (const [type, otherType] of [[zmq.Router, zmq.Dealer], [zmq.Stream, zmq.Stream]]) {
    const router = new type({ linger: 0 }), other = new otherType({ linger: 0 });
    await other.bind("tcp://127.0.0.1:*");
    router.connect(other.lastEndpoint, { routingId: "known" });
    const arrived = other.receive();
    const sending = setInterval(() => router.send(["known", "x"]).catch(() => {}), 5);
    await arrived;
    clearInterval(sending);
    router.close();
    other.close();
  }
});

test("what waits to be sent does not change", async () => {
  const a = new zmq.Push({ linger: 0 }), b = new zmq.Pull();
  const bytes = Buffer.from("before"), second = Buffer.from("too");
  const sent = a.send([bytes, second.buffer.slice(second.byteOffset, second.byteOffset + 3)]);
  bytes.write("after!");
  const where = endpoint();
  b.bindSync(where);
  a.connect(where);
  await sent;
  assert.deepEqual((await b.receive()).map(String), ["before", "too"]);
});

test("large bytes are not copied", async () => {
  const late = await lateEndpoint("lent"), bytes = Buffer.alloc(1 << 20, 1);
  const a = new zmq.Push({ linger: 0 }), b = new zmq.Pull();
  a.connect(late.endpoint);
  await a.send(bytes);
  await a.send(["begin", bytes]);
  bytes.fill(2);
  await late.bind(b);
  assert.ok((await b.receive())[0].equals(bytes));
  assert.ok((await b.receive())[1].equals(bytes));
  a.close();
  b.close();
});

test("nobody takes large bytes away before they are sent", async () => {
  const size = 1 << 20, late = await lateEndpoint("large");
  const a = new zmq.Push({ linger: 0 }), b = new zmq.Pull();
  a.connect(late.endpoint);
  const sent = [new Uint8Array(size), new Uint8Array(size), new Uint8Array(new ArrayBuffer(size, { maxByteLength: size }))];
  sent.forEach((bytes, i) => bytes.fill(i + 1));
  await a.send(sent[0]);
  await a.send([sent[1], "end"]);
  await a.send(sent[2]);
  await a.send([sent[2], "end"]);
  for (const { buffer } of sent) {
    if (buffer.resizable) {
      buffer.resize(0);
      continue;
    }
    try {
      new Uint8Array(structuredClone(buffer, { transfer: [buffer] })).fill(9);
    } catch (error) {
      assert.equal(error.name, "DataCloneError");
    }
    assert.equal(buffer.byteLength, size);
  }
  await late.bind(b);
  for (const [value, count] of [[1, 1], [2, 2], [3, 1], [3, 2]]) {
    const parts = await b.receive();
    assert.equal(parts.length, count);
    assert.ok(parts[0].equals(Buffer.alloc(size, value)), `${value}`);
  }
  a.close();
  b.close();
});

test("back-pressure", async () => {
  const [push, pull] = await pair(zmq.Push, zmq.Pull, { sendHighWaterMark: 3, sendBufferSize: 4096 }, { receiveHighWaterMark: 3, receiveBufferSize: 4096 });
  const count = 500, size = 10_000;
  let sent = 0;
  const sending = (async () => {
    for (; sent < count; sent++) await push.send(Buffer.alloc(size, sent));
  })();
  while (push.writable) await turn();
  assert.ok(sent < count);
  for (let i = 0; i < count; i++) {
    const [part] = await pull.receive();
    assert.deepEqual([part.length, part[0]], [size, i & 255]);
  }
  await sending;
});

test("iteration", async () => {
  const [a, b] = await pair();
  for (let i = 0; i < 5; i++) await a.send([String(i), "x"]);
  const seen = [];
  for await (const [first, second] of b) {
    seen.push(`${first}${second}`);
    if (seen.length === 3) break;
  }
  assert.equal(b.closed, false);
  for await (const [first] of b) {
    seen.push(String(first));
    if (seen.length === 5) setImmediate(() => b.close());
  }
  assert.deepEqual(seen, ["0x", "1x", "2x", "3", "4"]);
  for await (const _ of b) assert.fail("it is closed");
  const request = new zmq.Request();
  setImmediate(() => request.close());
  await assert.rejects(async () => { for await (const _ of request); }, { code: "EFSM" });
  const impatient = new zmq.Pull({ receiveTimeout: 1 });
  await assert.rejects(async () => { for await (const _ of impatient); }, { code: "EAGAIN" });
});

test("a subclass's own receive() is what is iterated over", async () => {
  class Texts extends zmq.Pull {
    async receive() {
      return (await super.receive()).map(String);
    }
  }
  const texts = new Texts(), push = new zmq.Push();
  const where = endpoint();
  await texts.bind(where);
  push.connect(where);
  await push.send(["a", "b"]);
  for await (const message of texts) {
    assert.deepEqual(message, ["a", "b"]);
    break;
  }
});

test("closing ends what waits", async () => {
  const socket = new zmq.Pair();
  const rejected = [
    assert.rejects(socket.send("x"), { code: "EAGAIN", message: "Operation was not possible or timed out" }),
    assert.rejects(socket.receive(), { code: "EAGAIN" }),
  ];
  socket.close();
  socket.close();
  assert.equal(socket.closed, true);
  await Promise.all(rejected);
  const closed = { code: "EBADF", errno: 9, message: "Socket is closed" };
  assert.throws(() => socket.send("x"), closed);
  assert.throws(() => socket.receive(), closed);
  assert.throws(() => socket.bind("inproc://x"), closed);
  assert.throws(() => socket.connect("inproc://x"), closed);
  assert.throws(() => socket.linger, { code: "ENOTSOCK" });
  assert.throws(() => { socket.linger = 1; }, { code: "ENOTSOCK" });
  assert.throws(() => socket.events, { code: "ENOTSOCK" });
  assert.throws(() => socket.close(1), { message: "Expected 0 arguments but received 1" });
  assert.equal(socket.context, undefined);
  assert.deepEqual([socket.readable, socket.writable], [false, false]);
});

test("what is there when it is closed is received", async () => {
  const [a, b] = await pair();
  const received = b.receive();
  await a.send("last");
  while (!b.readable) ; // without a turn of the loop
  b.close();
  assert.equal(String(await received), "last");
});

test("endpoints", async () => {
  const taken = new zmq.Pull(), socket = new zmq.Pull();
  await taken.bind("tcp://127.0.0.1:*");
  const address = taken.lastEndpoint;
  const inUse = { code: "EADDRINUSE", errno: constants.errno.EADDRINUSE, address, message: "Address already in use" };
  await assert.rejects(socket.bind(address), inUse);
  assert.throws(() => socket.bindSync(address), inUse);
  await assert.rejects(socket.bind("nix://x"), { code: "EPROTONOSUPPORT", address: "nix://x", message: "Protocol not supported" });
  assert.throws(() => socket.connect("x"), { code: "EINVAL", address: "x" });
  assert.throws(() => socket.disconnect(address), { code: "ENOENT", address, message: "No such endpoint" });
  await assert.rejects(socket.unbind(address), { code: "ENOENT", address });
  assert.throws(() => socket.unbindSync(address), { code: "ENOENT", address });
  try {
    socket.connect("x");
  } catch (error) {
    assert.deepEqual(Object.keys(error).sort(), ["address", "code", "errno"]);
  }
  await taken.unbind(address);
  await eventually(() => socket.bind(address)); // libzmq ends a bind in the background
  socket.unbindSync(address);
  await eventually(() => socket.bindSync(address));
  taken.connect(address);
  taken.disconnect(address);
  for (const method of ["bind", "bindSync", "unbind", "unbindSync", "connect", "disconnect"]) {
    assert.throws(() => socket[method](5), { name: "TypeError", message: "Address must be a string" });
    assert.throws(() => socket[method]("a", "b"), { name: "TypeError", message: "Expected 1 argument but received 2" });
  }
});

test("a bind blocks the socket until it is done", async () => {
  const socket = new zmq.Pair();
  const where = endpoint();
  const bound = socket.bind(where);
  const blocked = { code: "EBUSY", message: "Socket is blocked by a bind or unbind operation" };
  assert.throws(() => socket.send("x"), blocked);
  assert.throws(() => socket.receive(), blocked);
  assert.throws(() => socket.bind(where), blocked);
  assert.throws(() => socket.connect(where), blocked);
  await bound;
  const unbound = socket.unbind(where);
  socket.close();
  assert.equal(socket.closed, false);
  await unbound;
  assert.equal(socket.closed, true);
  const failing = new zmq.Pair();
  const failed = failing.bind("x");
  failing.close();
  await assert.rejects(failed, { code: "EINVAL" });
  assert.equal(failing.closed, true);
});

test("methods of other objects", () => {
  const foreign = { code: "EINVAL" };
  for (const method of ["receive", "close"]) {
    assert.throws(() => zmq.Socket.prototype[method].call({}), foreign);
    assert.throws(() => zmq.Socket.prototype[method].call(undefined), foreign);
  }
  assert.throws(() => zmq.Socket.prototype.send.call(new Proxy({}, {}), "x"), foreign);
  assert.throws(() => zmq.Socket.prototype.linger, foreign);
});

test("what nothing refers to is closed", async () => {
  const [a] = await pair(zmq.Pair, zmq.Pair);
  let gone = 0;
  const observed = a.events;
  const make = async () => {
    const socket = new zmq.Pair();
    socket.connect(a.lastEndpoint);
  };
  const disconnected = (async () => {
    for await (const { type } of observed) {
      if (type === "disconnect" && ++gone === 1) return;
    }
  })();
  await make();
  const collecting = setInterval(() => globalThis.gc({ type: "major", execution: "async" }), 5);
  await disconnected;
  clearInterval(collecting);
  a.close();
});

test("a socket that waits is not collected", async () => {
  const b = new zmq.Push({ linger: 0 });
  const where = endpoint();
  const received = (() => {
    const socket = new zmq.Pull();
    socket.bindSync(where);
    return socket.receive();
  })();
  for (let i = 0; i < 5; i++) {
    globalThis.gc({ type: "major", execution: "async" });
    await turn();
  }
  b.connect(where);
  await b.send("still there");
  assert.equal(String(await received), "still there");
});

test("the loop has its turns", async () => {
  const where = endpoint();
  const push = new zmq.Push({ sendHighWaterMark: 0 }), pull = new zmq.Pull({ receiveHighWaterMark: 0 });
  await pull.bind(where);
  push.connect(where);
  let turns = 0;
  const count = () => { turns++; timer = setImmediate(count); };
  let timer = setImmediate(count);
  const total = 100_000;
  for (let i = 0; i < total; i++) await push.send("x");
  const afterSends = turns;
  for (let i = 0; i < total / 2; i++) await pull.receive();
  const afterReceives = turns;
  let left = total / 2;
  for await (const _ of pull) if (--left === 0) break;
  clearImmediate(timer);
  assert.ok(afterSends > 5, `${afterSends} turns in ${total} sends`);
  assert.ok(afterReceives - afterSends > 5, `${afterReceives - afterSends} turns in receives`);
  assert.ok(turns - afterReceives > 5, `${turns - afterReceives} turns in an iteration`);
});

test("a peer that floods does not stop timers", async () => {
  const where = endpoint();
  const pull = new zmq.Pull(), push = new zmq.Push({ linger: 0 });
  await pull.bind(where);
  push.connect(where);
  let flooding = true, received = 0;
  const flood = (async () => {
    while (flooding) await push.send("x");
  })();
  const receiving = (async () => {
    for await (const _ of pull) received++;
  })();
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve, 1));
  flooding = false;
  await Promise.all([flood.then(() => pull.close()), receiving]);
  assert.ok(received > 0);
});

test("what is required and what is imported is the same", async () => {
  const required = createRequire(import.meta.url)("zeromq");
  assert.equal(required.Pair, zmq.Pair);
  assert.equal((await import("zeromq")).default, required);
  assert.equal(required.default, required);
  assert.deepEqual(Object.keys(required).sort(), [
    "Context", "Observer", "Proxy", "Socket", ...names, "capability", "context", "curveKeyPair", "version",
  ].sort());
  for (const name of Object.keys(required)) assert.equal(zmq[name], required[name]);
});
