// What the promise forms wait for beside messages, what ends a wait, and what others have meanwhile.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { inspect } from "node:util";
import * as zmq from "zmq";

const require = createRequire(`${process.env.ZMQJS_NPM_ROOT}/`);
const promises = require("zmqjs/promises");
const { recv, recv_str, recv_int, recv_message, recv_event, send, send_multipart, readable, writable, wait, wait_all,
  proxy, term, messages } = promises;

const context = new zmq.Context();
let number = 0;
const kept = []; // what a collection must not close
function pair(type = zmq.PAIR, otherType = zmq.PAIR, options = {}) {
  const [a, b] = [context.socket(type), context.socket(otherType)];
  for (const [name, value] of Object.entries(options)) {
    a.setsockopt(zmq[name], value);
    b.setsockopt(zmq[name], value);
  }
  const endpoint = `inproc://pair-${number++}`;
  a.bind(endpoint);
  b.connect(endpoint);
  kept.push(a, b);
  return [a, b];
}
const immediate = () => new Promise((resolve) => setImmediate(resolve));

// Whatever is done at once leaves the loop its turns: this ends only if they come.
for (const [name, step] of Object.entries({
  send: ([a]) => send(a, "x"),
  send_multipart: ([a]) => send_multipart(a, ["x", "y"]),
  recv: ([a, b]) => (a.send("x"), recv(b)),
  recv_str: ([a, b]) => (a.send("x"), recv_str(b)),
  recv_message: ([a, b]) => (a.send("x"), recv_message(b, [])),
  recv_into: ([a, b]) => (a.send("x"), promises.recv_into(b, new Uint8Array(1))),
  messages: ([a, b, iterator]) => (a.send("x"), iterator.next()),
  readable: ([a, b]) => (b.events & zmq.POLLIN || a.send("x"), readable(b)),
  writable: ([a]) => writable(a),
  wait: ([a, b, , poller]) => (b.events & zmq.POLLIN || a.send("x"), wait(poller, -1)),
  wait_all: ([a, b, , poller]) => (b.events & zmq.POLLIN || a.send("x"), wait_all(poller, 1, -1)),
})) {
  const [a, b] = pair(zmq.PUSH, zmq.PULL, { SNDHWM: 0, RCVHWM: 0 });
  const poller = new zmq.Poller();
  poller.add(b, zmq.POLLIN);
  const given = [a, b, messages(b), poller];
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  while (ticks < 3) {
    assert.notEqual(await step(given), undefined, name);
  }
  clearInterval(timer);
  a.close(0);
  b.close(0);
}

// Closing ends what waits before anything else happens.
for (const close of [(socket) => socket.close(), (socket) => socket[Symbol.dispose in socket ? Symbol.dispose : "close"]()]) {
  const [, b] = pair(zmq.PUSH, zmq.PULL);
  const poller = new zmq.Poller();
  poller.add(b, zmq.POLLIN);
  const ends = [];
  const waits = [recv(b), recv_str(b), readable(b), wait(poller, -1), wait_all(poller, 1, -1)].map((promise, i) =>
    promise.then(() => assert.fail(), (error) => ends.push([i, error.code])));
  await immediate();
  close(b);
  setImmediate(() => ends.length === waits.length || ends.push("late"));
  await Promise.all(waits);
  assert.deepEqual(ends.sort(), [[0, "ENOTSOCK"], [1, "ENOTSOCK"], [2, "ENOTSOCK"], [3, "EFAULT"], [4, "EFAULT"]]);
}
{
  const own = new zmq.Context();
  const socket = own.socket(zmq.PULL);
  const waits = assert.rejects(recv(socket), { code: "ETERM" });
  own.shutdown();
  await waits;
  const monitored = context.socket(zmq.PULL), monitor = monitored.monitor();
  const event = assert.rejects(recv(monitor), { code: "ENOTSOCK" });
  monitor.close();
  await event;
  monitored.close();
}

// AbortSignal, in each.
{
  const [a, b] = pair(zmq.PUSH, zmq.PULL);
  const poller = new zmq.Poller();
  poller.add(b, zmq.POLLIN);
  const full = context.socket(zmq.PUSH); // no peer
  const open = new zmq.Context();
  const left = open.socket(zmq.PUSH);
  const forms = {
    recv: (options) => recv(b, options),
    recv_int: (options) => recv_int(b, options),
    recv_message: (options) => recv_message(b, [], options),
    recv_into: (options) => promises.recv_into(b, new Uint8Array(1), 0, options),
    recv_event: (options) => recv_event(b, options),
    send: (options) => send(full, "x", options),
    send_multipart: (options) => send_multipart(full, ["x"], options),
    readable: (options) => readable(b, options),
    writable: (options) => writable(full, options),
    wait: (options) => wait(poller, -1, options),
    wait_all: (options) => wait_all(poller, 2, -1, options),
    proxy: (options) => proxy(b, full, null, null, options),
    term: (options) => term(open, options),
    messages: async (options) => messages(b, "recv", options).next(),
  };
  for (const [name, form] of Object.entries(forms)) {
    const controller = new AbortController();
    const waits = form({ signal: controller.signal });
    await immediate();
    controller.abort(new Error(`enough of ${name}`));
    await assert.rejects(waits, { message: `enough of ${name}` });
    await assert.rejects(form({ signal: AbortSignal.abort("before") }), (reason) => reason === "before", name);
    await assert.rejects(form({ signal: {} }), /options\.signal must be an AbortSignal, not an object of Object/, name);
    await assert.rejects(form("x"), /options must be flags or an object, not a string/, name);
  }
  // What was withdrawn takes no message.
  const controller = new AbortController();
  const withdrawn = recv(b, { signal: controller.signal }).catch(() => "withdrawn");
  const stays = recv_str(b);
  controller.abort();
  a.send("for the second");
  assert.equal(await withdrawn, "withdrawn");
  assert.equal(await stays, "for the second");
  // Whichever of several is withdrawn, or its time is up, the others keep their order.
  for (let which = 0; which < 3; which++) {
    for (const end of ["signal", "timeout"]) {
      const controller = new AbortController();
      const how = end === "signal" ? { signal: controller.signal } : { timeout: 1 };
      const waits = [0, 1, 2].map((i) => recv_int(b, i === which ? how : undefined));
      if (end === "signal") {
        controller.abort();
        await assert.rejects(waits[which], { name: "AbortError" });
      } else {
        assert.equal(await waits[which], undefined);
      }
      waits.push(recv_int(b));
      for (let i = 0; i < 3; i++) a.send(i);
      waits.splice(which, 1);
      assert.deepEqual(await Promise.all(waits), [0, 1, 2], `${end} ${which}`);
    }
  }
  left.close();
  assert.equal(await term(open), 0);
  assert.equal(await term(open), 0);
}

// Time-outs of the call, and DONTWAIT.
{
  const [, b] = pair(zmq.PUSH, zmq.PULL);
  const poller = new zmq.Poller();
  assert.equal(await recv(b, { timeout: 1 }), undefined);
  assert.equal(await recv(b, { timeout: 0 }), undefined);
  assert.equal(await recv(b, zmq.DONTWAIT), undefined);
  assert.equal(await readable(b, { timeout: 1 }), undefined);
  assert.equal(await wait(poller, 1), null);
  poller.add(b, zmq.POLLIN);
  assert.equal(await wait_all(poller, 5, 1), null);
  poller.remove(b);
  await assert.rejects(wait(poller, -1), { code: "EFAULT" });
  await assert.rejects(wait(poller, "1"), TypeError);
  await assert.rejects(wait_all(poller, 0, 1), /n_events/);
}

// A send that waits: how many may, and what they send.
{
  const endpoint = `inproc://waiting-sends`;
  const a = context.socket(zmq.PUSH), b = context.socket(zmq.PULL);
  const bytes = new Uint8Array([1, 2, 3]), parts = [new Uint8Array([4]), "5"];
  const large = new Uint8Array(100_000).fill(1);
  const sends = [send(a, bytes), send(a, bytes.buffer), send_multipart(a, parts), send(a, large, { copy: true })];
  await assert.rejects(send(a, "x", { limit: 4 }), { code: "ENOBUFS", errno: zmq.ENOBUFS, message: /limit = 4/ });
  sends.push(send(a, "last", { limit: 5 }));
  bytes.fill(0);
  parts[0].fill(0);
  parts.push("6");
  large.fill(0);
  a.bind(endpoint);
  b.connect(endpoint);
  assert.deepEqual(await Promise.all(sends), [3, 3, 2, 100_000, 4]);
  assert.deepEqual([...b.recv()], [1, 2, 3]);
  assert.deepEqual([...b.recv()], [1, 2, 3]);
  assert.deepEqual(b.recv_multipart().map((part) => [...part]), [[4], [53]]);
  assert.ok(b.recv().every((byte) => byte === 1));
  assert.equal(b.recv_str(), "last");
}

// What waits is not disturbed by what the same socket does meanwhile: nothing of this waits for a timer.
{
  const [a, b] = pair(zmq.DEALER, zmq.DEALER);
  for (let i = 0; i < 300; i++) {
    const reply = recv_int(a), request = recv_int(b);
    await send(a, i);
    assert.equal(await request, i);
    await send(b, i);
    assert.equal(await reply, i);
  }
  assert.equal(await readable(a, { timeout: 0 }), undefined);
  const ready = readable(a);
  b.send("x");
  assert.equal(await ready, true);
  assert.equal(await writable(a), true);
  assert.equal(await recv_str(a), "x");
}

// A receive that has to wait is tried once before it does: the first of a socket twice, for nobody watches it yet.
{
  const [a, b] = pair();
  const { prototype } = zmq.Socket, { recv_str: original } = prototype;
  let tries = 0;
  prototype.recv_str = function (...given) {
    tries++;
    return original.apply(this, given);
  };
  const iterator = messages(b, "recv_str");
  for (const [receive, expected] of [[() => recv_str(b), 2], [() => recv_str(b), 1], [async () => (await iterator.next()).value, 1]]) {
    tries = 0;
    const waits = receive();
    assert.equal(tries, expected);
    await send(a, "x");
    assert.equal(await waits, "x");
  }
  prototype.recv_str = original;
}

// Pollers: sockets, descriptors, what is added while it waits.
{
  const { pipe, write, close } = await openPipe();
  const [a, b] = pair(), [c, d] = pair();
  const poller = new zmq.Poller();
  poller.add(b, zmq.POLLIN, "b");
  poller.add(pipe, zmq.POLLIN, "pipe");
  const first = wait(poller, -1);
  a.send("x");
  assert.deepEqual((({ socket, user_data }) => [socket === b, user_data])(await first), [true, "b"]);
  b.recv();
  const second = wait_all(poller, 5, -1);
  write();
  assert.deepEqual((await second).map(({ fd }) => fd), [pipe]);
  poller.remove(pipe);
  close();
  const third = wait(poller, -1);
  poller.add(d, zmq.POLLIN, "d");
  c.send("y");
  assert.equal((await third).user_data, "d");
}

// A descriptor that becomes readable.
async function openPipe() {
  if (process.platform === "win32") { // Node has no numbers of its sockets
    const [a, b] = pair();
    void b.events; // that they are connected has been read
    return { pipe: b.fd, write: () => a.send("x"), close: () => [a, b].forEach((socket) => socket.close()) };
  }
  const { createServer, connect } = await import("node:net");
  const server = createServer({ pauseOnConnect: true }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const accepted = new Promise((resolve) => server.once("connection", resolve));
  const client = connect(server.address().port, "127.0.0.1");
  const socket = await accepted;
  return {
    pipe: socket._handle.fd,
    write: () => client.write("x"),
    close: () => [client, socket, server].forEach((each) => (each.destroy ?? each.close).call(each)),
  };
}

// The proxy: both ways, steered, and ended by each of what may.
{
  const [outer, frontend] = pair(zmq.DEALER, zmq.ROUTER), [inner, backend] = pair(zmq.DEALER, zmq.DEALER);
  const [capture, captured] = pair(zmq.PUSH, zmq.PULL), [steering, control] = pair(zmq.REQ, zmq.REP);
  const runs = proxy(frontend, backend, capture, control);
  for (let i = 0; i < 500; i++) {
    await send(outer, i);
    const [routing_id, text] = await promises.recv_multipart(inner);
    assert.equal(new Int32Array(text.slice().buffer)[0], i);
    await send_multipart(inner, [routing_id, text]);
    assert.equal(await recv_int(outer), i);
    assert.equal((await promises.recv_multipart(captured)).length, 2);
    assert.equal((await promises.recv_multipart(captured)).length, 2);
  }
  await send(steering, "STATISTICS");
  const statistics = (await promises.recv_multipart(steering)).map((part) => new BigUint64Array(part.slice().buffer)[0]);
  assert.deepEqual(statistics.filter((_, i) => i % 2 === 0), [1000n, 1000n, 1000n, 1000n]);
  await send(steering, "PAUSE");
  assert.equal(await recv_str(steering), "");
  await send(outer, 500);
  await send(steering, "RESUME"); // the proxy has looked at the message before that
  assert.equal(await recv_str(steering), "");
  assert.equal((await promises.recv_multipart(inner)).length, 2);
  await send(steering, "TERMINATE");
  assert.equal(await runs, 0);
  for (const socket of [frontend, backend]) {
    const other = proxy(socket === frontend ? backend : pair()[0], socket);
    await immediate();
    socket.close();
    await assert.rejects(other, { code: "ENOTSOCK" });
  }
  await assert.rejects(proxy(outer), /proxy\(.*: backend must be a Socket, not undefined/);
  await assert.rejects(proxy(outer, inner, 5), /capture must be a Socket, not a number/);
  assert.throws(() => zmq.proxy(outer, inner, null, control, zmq.DONTWAIT), /control must be null with DONTWAIT/);
}

// A proxy and a poller take sockets of two contexts.
{
  const other = new zmq.Context();
  const [frontend, backend, client, server] =
    [context.socket(zmq.ROUTER), other.socket(zmq.DEALER), context.socket(zmq.REQ), other.socket(zmq.REP)];
  frontend.bind("tcp://127.0.0.1:*");
  backend.bind("tcp://127.0.0.1:*");
  client.connect(frontend.last_endpoint);
  server.connect(backend.last_endpoint);
  const controller = new AbortController();
  const ended = assert.rejects(proxy(frontend, backend, null, null, { signal: controller.signal }), { name: "AbortError" });
  const poller = new zmq.Poller();
  poller.add(client, zmq.POLLIN);
  poller.add(server, zmq.POLLIN);
  await send(client, "question");
  assert.equal((await wait(poller, -1)).socket, server);
  assert.equal(await recv_str(server), "question");
  await send(server, "answer");
  assert.equal((await wait(poller, -1)).socket, client);
  assert.equal(await recv_str(client), "answer");
  controller.abort();
  await ended;
  for (const socket of [frontend, backend, client, server]) {
    socket.close(0);
  }
  assert.equal(await term(other), 0);
}

// What a call throws comes out of the iteration.
{
  const [a, b] = pair();
  a.send("no integer");
  a.send(7);
  const iterator = messages(b, "recv_int");
  await assert.rejects(iterator.next(), TypeError);
  assert.deepEqual(await iterator.next(), { value: 7, done: false });
  const waits = iterator.next();
  a.send("nothing");
  await assert.rejects(waits, TypeError);
  assert.deepEqual(await iterator.return(1), { value: 1, done: true });
  assert.deepEqual(await iterator.next(), { value: undefined, done: true });
}

// A socket is an iterable of its own, and is disposed of.
{
  const [a, b] = pair();
  a.send("one");
  a.send("two");
  const seen = [];
  for await (const message of b) {
    seen.push(String.fromCharCode(...message));
    if (seen.length === 2) {
      setImmediate(() => b.close());
    }
  }
  assert.deepEqual(seen, ["one", "two"]);
  if (Symbol.asyncDispose !== undefined) {
    await a[Symbol.asyncDispose]();
    assert.ok(a.closed);
    const own = new zmq.Context(), left = own.socket(zmq.PUSH);
    left.connect("tcp://127.0.0.1:1");
    left.setsockopt(zmq.LINGER, 0);
    left.send("never arrives");
    await own[Symbol.asyncDispose]();
    assert.ok(left.closed && own.closed && own.term() === 0);
  }
}

// What is wrong is named.
{
  const [a] = pair();
  await assert.rejects(recv({}), { name: "TypeError", message: "recv(socket, options?): socket must be a Socket or a Monitor, not an object of Object" });
  await assert.rejects(recv_int(), { name: "TypeError", message: "recv_int(socket, options?): socket must be a Socket, not undefined" });
  await assert.rejects(send(null, 1), /send\(socket, data, options\?\): socket must be a Socket, not null/);
  await assert.rejects(send(a, Symbol("x")), TypeError);
  await assert.rejects(send(a, "x", { limit: -1 }), /options\.limit must be a number of sends, not a number/);
  await assert.rejects(wait(a, 1), /poller must be a Poller, not an object of Socket/);
  await assert.rejects(term(a), /context must be a Context/);
  assert.throws(() => messages({}), /socket must be a Socket or a Monitor/);
  assert.throws(() => messages(a, "constructor"), /how must be one of/);
  assert.throws(() => messages(a, "recv", 1.5), /options must be flags or an object/);
}

// A mistake is told by the promise, and never thrown. Without a handler it is an unhandled rejection, once.
{
  const { messages: _, ...forms } = promises;
  const unhandled = [];
  const see = (error) => unhandled.push(error);
  process.on("unhandledRejection", see);
  const wrong = [undefined, null, 1, "x", Symbol("x"), {}, [], () => {}, zmq.Socket, Object.create(null)];
  let count = 0;
  for (const [name, form] of Object.entries(forms)) {
    for (const value of wrong) {
      const promise = form(value, value, value, value, value);
      assert.ok(promise instanceof Promise, name);
      count++;
    }
  }
  while (unhandled.length < count) await immediate();
  await immediate();
  process.off("unhandledRejection", see);
  assert.equal(unhandled.length, count);
  assert.ok(count > 100);
  for (const error of unhandled) {
    assert.ok(error instanceof TypeError, error);
    assert.match(error.message, /^\w+\([^)]*\): (socket|poller|context|frontend) must be a /);
  }
  const [a, b] = pair();
  const bad = { flags: "x", timeout: -2, limit: -1, copy: 1 };
  for (const [name, form] of Object.entries({ send: (options) => send(a, "x", options), recv: (options) => recv(b, options) })) {
    for (const [option, value] of Object.entries(bad)) {
      for (const given of [value, null, NaN, 0.5, {}, Symbol("x")]) {
        await assert.rejects(form({ [option]: given }), { name: "TypeError", message: new RegExp(`^${name}\\(.*options\\.${option} must be `) });
      }
    }
  }
  assert.equal(b.recv(zmq.DONTWAIT), undefined); // nothing was sent
  const taken = context.socket(zmq.PULL), second = context.socket(zmq.PULL);
  taken.bind("tcp://127.0.0.1:*");
  const waits = recv_str(second);
  assert.throws(() => second.bind(taken.last_endpoint), { code: "EADDRINUSE", endpoint: taken.last_endpoint });
  second.bind("inproc://after-a-refusal"); // it is as usable as before
  const push = context.socket(zmq.PUSH);
  push.connect("inproc://after-a-refusal");
  await send(push, "x");
  assert.equal(await waits, "x");
  kept.push(taken, second, push);
}

// How things are shown; a socket takes no property that it does not know.
{
  const socket = context.socket(zmq.PULL);
  socket.bind("tcp://127.0.0.1:*");
  assert.equal(inspect(socket), `Socket { type: 'PULL', endpoint: '${socket.last_endpoint}', closed: false }`);
  assert.throws(() => { socket.linger = 0; }, TypeError);
  socket.close();
  assert.equal(inspect(socket), "Socket { type: 'PULL', closed: true }");
  assert.equal(inspect(context), "Context { closed: false }");
  assert.equal(inspect(new zmq.Poller()), "Poller { size: 0 }");
  assert.match(inspect(zmq.Socket.prototype), /Socket/);
}

kept.forEach((socket) => socket.close(0));
console.log("ok");
