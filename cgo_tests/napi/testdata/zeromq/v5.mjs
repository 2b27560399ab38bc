// zeromq/v5-compat: sockets that emit and call back.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as zmq from "zeromq/v5-compat";

const types = ["pair", "req", "rep", "pub", "sub", "dealer", "xreq", "router", "xrep", "pull", "push", "xpub", "xsub", "stream"];

function pair(type, otherType) {
  const a = zmq.socket(type, { linger: 0 }), b = zmq.socket(otherType, { linger: 0 });
  a.bindSync("tcp://127.0.0.1:*");
  b.connect(a.last_endpoint);
  return [a, b];
}
const close = (...sockets) => sockets.forEach((socket) => socket.close());

test("exports", () => {
  const required = createRequire(import.meta.url)("zeromq/v5-compat");
  assert.deepEqual(Object.keys(zmq).filter((name) => !["default", "module.exports", "__esModule"].includes(name)).sort(), Object.keys(required).sort());
  assert.equal(zmq.socket, zmq.createSocket);
  assert.equal(zmq.ZMQ_XPUB_VERBOSE, 40);
  assert.equal(zmq.curveKeypair().public.length, 40);
  assert.match(zmq.version, /^\d+\.\d+\.\d+$/);
  assert.equal(zmq.options.linger, zmq.ZMQ_LINGER);
  assert.throws(() => new zmq.Context(), /cannot be instantiated/);
  const { getMaxThreads, setMaxThreads, getMaxSockets, setMaxSockets } = zmq.Context;
  setMaxThreads(2);
  assert.equal(getMaxThreads(), 2);
  const most = getMaxSockets();
  setMaxSockets(500);
  assert.equal(getMaxSockets(), 500);
  setMaxSockets(most);
});

test("every type", () => {
  for (const type of types) {
    const socket = zmq.socket(type);
    assert.equal(socket.type, type);
    assert.ok(socket instanceof zmq.Socket);
    assert.equal(socket.close(), socket);
    assert.equal(socket.closed, true);
  }
  for (const type of ["nothing", undefined, "constructor"]) assert.throws(() => zmq.socket(type), /Invalid socket type/);
});

test("messages and callbacks", async () => {
  const [rep, req] = pair("rep", "req");
  rep.on("message", (...parts) => rep.send(parts));
  const sent = new Promise((resolve) => req.send("one", zmq.ZMQ_SNDMORE).send(["two", Buffer.from("three")], null, (error) => resolve(error)));
  const parts = await once(req, "message");
  assert.equal(await sent, undefined);
  assert.ok(parts.every(Buffer.isBuffer));
  assert.deepEqual(parts.map(String), ["one", "two", "three"]);
  close(rep, req);
});

test("pausing", async () => {
  const [pull, push] = pair("pull", "push");
  let count = 0;
  pull.on("message", () => count++);
  push.send("x");
  await once(pull, "message");
  pull.pause();
  push.pause();
  push.send("a").send("b");
  await new Promise((resolve) => setTimeout(resolve, 20));
  push.resume();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(count, 1);
  pull.resume();
  await once(pull, "message");
  if (count < 3) await once(pull, "message");
  assert.equal(count, 3);
  close(pull, push);
});

test("binding", async () => {
  const [a, b] = [zmq.socket("rep"), zmq.socket("rep")];
  const [address] = await new Promise((resolve) => {
    a.on("bind", (...given) => resolve(given));
    assert.equal(a.bind("tcp://127.0.0.1:*", (error) => assert.equal(error, undefined)), a);
  });
  assert.equal(address, "tcp://127.0.0.1:*");
  const error = await new Promise((resolve) => b.bind(a.last_endpoint, resolve));
  assert.deepEqual([error.code, error.address], ["EADDRINUSE", a.last_endpoint]);
  b.bind(a.last_endpoint);
  assert.equal((await once(b, "error"))[0].code, "EADDRINUSE");
  const where = a.last_endpoint;
  a.unbind(where);
  assert.deepEqual(await once(a, "unbind"), [where]);
  assert.equal((await new Promise((resolve) => a.unbind(where, resolve))).code, "ENOENT");
  assert.throws(() => a.connect("x"), { code: "EINVAL" });
  assert.throws(() => a.read(), /has been removed/);
  close(a, b);
  assert.equal((await new Promise((resolve) => a.bind(where, resolve))).code, "EBADF");
});

test("options", () => {
  const socket = zmq.socket("router", { backlog: 5, identity: "me" });
  assert.equal(socket.backlog, 5);
  assert.equal(socket.identity, "me");
  assert.equal(socket.getsockopt("identity"), "me");
  assert.equal(socket.setsockopt(zmq.ZMQ_BACKLOG, 6), socket);
  assert.equal(socket.getsockopt(zmq.ZMQ_BACKLOG), 6);
  for (const [option, value] of [["ZMQ_IPV6", 1], ["ZMQ_IPV4ONLY", true], ["ZMQ_DELAY_ATTACH_ON_CONNECT", 1], ["ZMQ_PLAIN_SERVER", 1],
    ["ZMQ_SNDHWM", 5], ["ZMQ_RCVTIMEO", -1], ["ZMQ_ROUTER_MANDATORY", 1], ["ZMQ_ROUTER_HANDOVER", 1], ["ZMQ_MAXMSGSIZE", 1000]]) {
    socket.setsockopt(zmq[option], value);
    if (option !== "ZMQ_ROUTER_HANDOVER") assert.equal(socket.getsockopt(zmq[option]), value, option);
  }
  assert.equal(socket.getsockopt(zmq.ZMQ_TYPE), 6);
  assert.equal(socket.getsockopt(zmq.ZMQ_MECHANISM), 1);
  assert.equal(socket.getsockopt(zmq.ZMQ_EVENTS) & zmq.ZMQ_POLLIN, 0);
  for (const option of ["ZMQ_FD", "ZMQ_RCVMORE"]) assert.throws(() => socket.getsockopt(zmq[option]), /not supported in compatibility mode/);
  assert.throws(() => socket.getsockopt(9999), /Unknown option/);
  assert.throws(() => socket.setsockopt("nothing", 1), /Unknown option/);
  assert.throws(() => socket.setsockopt(zmq.ZMQ_TYPE, 1), /Unknown option/);
  assert.throws(() => socket.subscribe("x"), /Subscriber socket required/);
  assert.throws(() => { socket.backlog = {}; }, TypeError);
  close(socket);
});

test("subscriptions and a proxy", async () => {
  const pub = zmq.socket("pub", { linger: 0 }), sub = zmq.socket("sub"), capture = zmq.socket("pub"), captured = zmq.socket("sub");
  const xpub = zmq.socket("xpub", { linger: 0 }), xsub = zmq.socket("xsub");
  [pub, xpub, capture].forEach((socket, i) => socket.bindSync(`inproc://proxied.${i}`));
  zmq.proxy(xpub, xsub, capture);
  xsub.connect("inproc://proxied.0");
  sub.connect("inproc://proxied.1");
  captured.connect("inproc://proxied.2");
  assert.equal(sub.subscribe("a"), sub);
  captured.subscribe("");
  const sending = setInterval(() => pub.send("b").send(["a", "x"]), 5);
  const [parts, copy] = await Promise.all([once(sub, "message"), once(captured, "message")]);
  clearInterval(sending);
  assert.deepEqual(parts.map(String), ["a", "x"]);
  assert.deepEqual(copy.map(String), ["a", "x"]);
  assert.equal(sub.unsubscribe("a"), sub);
  assert.throws(() => zmq.proxy(pub, sub), /not supported in compatibility mode/);
  close(pub, sub, capture, captured, xpub, xsub);
});

test("monitoring", async () => {
  const rep = zmq.socket("rep"), req = zmq.socket("req", { linger: 0 });
  assert.equal(rep.monitor(), rep);
  const listening = once(rep, "listen"), accepted = once(rep, "accept");
  rep.bindSync("tcp://127.0.0.1:*");
  const [value, address] = await listening;
  assert.deepEqual([value, address], [undefined, rep.last_endpoint]);
  const failing = zmq.socket("rep").monitor();
  const failed = once(failing, "bind_error");
  assert.throws(() => failing.bindSync(rep.last_endpoint), { code: "EADDRINUSE" });
  const [errno, , error] = await failed;
  assert.ok(error instanceof Error);
  assert.equal(errno, error.errno);
  req.connect(rep.last_endpoint);
  await accepted;
  assert.equal(rep.unmonitor(), rep);
  close(rep, req, failing);
});

test("errors where nobody asks", async () => {
  const router = zmq.socket("router", { linger: 0 });
  router.setsockopt(zmq.ZMQ_ROUTER_MANDATORY, 1).setsockopt(zmq.ZMQ_SNDTIMEO, 0);
  router.send(["nobody", "x"]);
  assert.equal((await once(router, "error"))[0].code, "EHOSTUNREACH");
  const given = await new Promise((resolve) => router.send(["nobody", "x"], 0, resolve));
  assert.equal(given.code, "EHOSTUNREACH");
  close(router);
});
