// Observers: events of sockets, by receive(), by iteration and by listeners.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { constants } from "node:os";
import { test } from "node:test";
import * as zmq from "zeromq";

// The events of a socket until one of a type.
async function until(socket, type) {
  const seen = [];
  for await (const event of socket.events) {
    seen.push(event);
    if (event.type === type) return seen;
  }
  return assert.fail(`no event ${type}`);
}

test("a connection from its beginning to its end", async () => {
  const server = new zmq.Dealer({ linger: 0 }), client = new zmq.Dealer({ linger: 0 });
  const served = until(server, "end"), connected = until(client, "end");
  assert.equal(server.events, server.events);
  assert.ok(server.events instanceof zmq.Observer);
  await server.bind("tcp://127.0.0.1:*");
  const address = server.lastEndpoint;
  client.connect(address);
  await client.send("x");
  await server.receive();
  client.close();
  const clientTypes = (await connected).map((event) => event.type);
  assert.deepEqual(clientTypes.filter((type) => type !== "close" && type !== "disconnect"), ["connect:delay", "connect", "handshake", "end"]);
  server.close();
  const events = await served;
  assert.deepEqual(events[0], { type: "bind", address });
  assert.deepEqual(events[1].type, "accept");
  assert.equal(events[1].address.startsWith("tcp://127.0.0.1:"), true);
  assert.equal(events[2].type, "handshake");
  assert.deepEqual(events.at(-1), { type: "end" });
});

test("what fails", async () => {
  const taken = new zmq.Pull(), socket = new zmq.Pull();
  await taken.bind("tcp://127.0.0.1:*");
  const failed = until(socket, "bind:error");
  await assert.rejects(socket.bind(taken.lastEndpoint));
  const { address, error, ...rest } = (await failed).at(-1);
  assert.deepEqual(rest, { type: "bind:error" });
  assert.ok(taken.lastEndpoint.endsWith(address));
  assert.ok(error instanceof Error);
  // libzmq may have closed the listener, and lost the error number, before it reports the failure.
  const { EADDRINUSE, EAGAIN } = constants.errno;
  const known = {
    [EADDRINUSE]: ["EADDRINUSE", "Address already in use"],
    [EAGAIN]: ["EAGAIN", "Operation was not possible or timed out"],
  };
  assert.deepEqual([error.code, error.message], known[error.errno]);
});

test("an attempt that is repeated", async () => {
  const gone = new zmq.Pull();
  await gone.bind("tcp://127.0.0.1:*");
  const address = gone.lastEndpoint;
  gone.close();
  const socket = new zmq.Push({ linger: 0, reconnectInterval: 1 });
  const retried = until(socket, "connect:retry");
  socket.connect(address);
  const event = (await retried).at(-1);
  assert.equal(event.address, address);
  assert.ok(event.interval >= 1);
  socket.close();
});

test("a peer that is refused", async () => {
  const handler = new zmq.Reply();
  await handler.bind("inproc://zeromq.zap.01");
  const server = new zmq.Pull({ plainServer: true, zapDomain: "test" });
  await server.bind("tcp://127.0.0.1:*");
  const client = new zmq.Push({ linger: 0, plainUsername: "u", plainPassword: "p" });
  const refused = until(server, "handshake:error:auth");
  client.connect(server.lastEndpoint);
  const [version, id] = await handler.receive();
  await handler.send([version, id, "400", "no", "", ""]);
  const { error } = (await refused).at(-1);
  assert.deepEqual([error.status, error.message], [400, "Authentication failure"]);
  [handler, server, client].forEach((socket) => socket.close());
});

test("a peer with another mechanism, and one that speaks no ZMTP", async () => {
  const server = new zmq.Pull({ plainServer: true });
  await server.bind("tcp://127.0.0.1:*");
  const client = new zmq.Push({ linger: 0 });
  const mismatch = until(server, "handshake:error:protocol");
  client.connect(server.lastEndpoint);
  const { error } = (await mismatch).at(-1);
  assert.deepEqual([error.code, error.message], ["ERR_ZMTP_MECHANISM_MISMATCH", "ZMTP protocol error"]);
  server.close();
  client.close();

  const listener = createServer((connection) => connection.end("HTTP/1.1 400 Bad Request\r\n\r\n".repeat(3)));
  await new Promise((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const confused = new zmq.Dealer({ linger: 0 });
  const other = until(confused, "disconnect");
  confused.connect(`tcp://127.0.0.1:${listener.address().port}`);
  await other;
  confused.close();
  listener.close();
});

test("listeners", async () => {
  const socket = new zmq.Dealer();
  const { events } = socket;
  const bound = [], ended = [];
  const removed = () => assert.fail("it was removed");
  assert.equal(events.on("bind", (event) => bound.push(event)).on("bind", removed).off("bind", removed), events);
  const end = new Promise((resolve) => events.on("end", (event) => { ended.push(event); resolve(); }));
  assert.throws(() => events.receive(), { message: /^Observer is in event emitter mode\. .* events\.on\(\) .* events\.receive\(\)\.$/ });
  await socket.bind("tcp://127.0.0.1:*");
  const address = socket.lastEndpoint;
  socket.close();
  await end;
  assert.deepEqual(bound, [{ type: "bind", address }]);
  assert.deepEqual(ended, [{ type: "end" }]);
  assert.equal(events.closed, true);
});

test("a listener that throws does not end the events", async () => {
  const socket = new zmq.Dealer();
  const thrown = new Promise((resolve) => process.setUncaughtExceptionCaptureCallback(resolve));
  socket.events.on("bind", () => { throw new Error("mine"); });
  const end = new Promise((resolve) => socket.events.on("end", resolve));
  await socket.bind("tcp://127.0.0.1:*");
  assert.equal((await thrown).message, "mine");
  process.setUncaughtExceptionCaptureCallback(null);
  socket.close();
  await end;
});

test("closing, and what is refused", async () => {
  const socket = new zmq.Dealer();
  const { events } = socket;
  const waits = events.receive();
  assert.throws(() => events.receive(), { code: "EBUSY", message: /Observer is busy reading/ });
  const rejected = assert.rejects(waits, { code: "EAGAIN" });
  events.close();
  events.close();
  await rejected;
  assert.equal(events.closed, true);
  assert.throws(() => events.receive(), { code: "EBADF", message: "Socket is closed" });
  for await (const _ of events) assert.fail("it is closed");
  assert.throws(() => zmq.Observer(socket), TypeError);
  assert.throws(() => new zmq.Observer(), { name: "TypeError", message: "Socket must be a socket object" });
  assert.throws(() => new zmq.Observer({}), { code: "EINVAL" });
  assert.throws(() => new zmq.Observer(socket, 1), { message: "Expected 1 argument but received 2" });
  assert.throws(() => zmq.Observer.prototype.receive.call(socket), { code: "EINVAL" });
  socket.close();
  assert.throws(() => new zmq.Observer(socket), { code: "ENOTSOCK" });
  const iterated = new zmq.Dealer();
  const over = (async () => { for await (const _ of iterated.events); })();
  setImmediate(() => iterated.events.close());
  await over;
});
