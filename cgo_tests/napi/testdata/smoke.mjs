// What every runtime must do with the package: smoke.mjs, in a directory where it is installed.
import assert from "node:assert/strict";
import zmq, { Context, PULL, PUSH, REP, REQ } from "zmqjs";
import zeromq from "zmqjs/zeromq";
import promises, { messages, recv, recv_str, send } from "zmqjs/promises";
import { lateEndpoint } from "./late.mjs";

export async function smoke() {
  await smokeModule();
  await smokeZeromq();
}

async function smokeModule() {
  const context = new Context();
  const [a, b] = [context.socket(PUSH), context.socket(PULL)];
  b.bind("tcp://127.0.0.1:*");
  a.connect(b.last_endpoint);
  a.send("blocking");
  assert.equal(b.recv_str(), "blocking");
  const waits = recv_str(b);
  await send(a, "awaited");
  assert.equal(await waits, "awaited");
  const large = new Uint8Array(1 << 20).fill(7);
  const received = recv(b);
  await send(a, large);
  const again = await received;
  assert.deepEqual(again, large);
  await send(a, again);
  assert.deepEqual(await recv(b), large);

  const [client, server] = [context.socket(REQ), context.socket(REP)];
  server.bind("inproc://smoke");
  client.connect("inproc://smoke");
  const serving = (async () => {
    for await (const text of messages(server, "recv_str")) {
      await send(server, `re: ${text}`);
    }
  })();
  for (let i = 0; i < 100; i++) {
    await send(client, String(i));
    assert.equal(await recv_str(client), `re: ${i}`);
  }
  server.close();
  await serving;

  const closed = assert.rejects(recv(b), { code: "ENOTSOCK" });
  b.close();
  await closed;
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const [c, d] = [context.socket(PUSH), context.socket(PULL)];
  c.setsockopt(zmq.SNDHWM, 0);
  d.setsockopt(zmq.RCVHWM, 0);
  d.bind("inproc://turns");
  c.connect("inproc://turns");
  while (ticks < 3) {
    await send(c, "x");
  }
  clearInterval(timer);
  for (const socket of [a, client, c, d]) {
    socket.close();
  }
  assert.equal(await promises.term(context), 0);
}

async function smokeZeromq() {
  const reply = new zeromq.Reply(), request = new zeromq.Request();
  await reply.bind("tcp://127.0.0.1:*");
  request.connect(reply.lastEndpoint);
  const serving = (async () => {
    for await (const [text] of reply) {
      await reply.send(`re: ${text}`);
    }
  })();
  for (let i = 0; i < 100; i++) {
    await request.send(i);
    const [text] = await request.receive();
    assert.equal(String(text), `re: ${i}`);
  }
  request.close();
  reply.close();
  await serving;

  // Large bytes are sent as they were, whoever takes their memory.
  const push = new zeromq.Push(), pull = new zeromq.Pull();
  const late = await lateEndpoint("smoke"), large = new Uint8Array(1 << 20).fill(7);
  push.connect(late.endpoint);
  await push.send(large);
  try {
    new Uint8Array(structuredClone(large.buffer, { transfer: [large.buffer] })).fill(9);
  } catch (error) {
    assert.equal(error.name, "DataCloneError");
  }
  await late.bind(pull);
  const [received] = await pull.receive();
  assert.ok(received.equals(Buffer.alloc(1 << 20, 7)));
  const closed = assert.rejects(pull.receive(), { code: "EAGAIN" });
  push.close();
  pull.close();
  await closed;
}

if (process.argv.includes("run")) {
  await smoke();
  console.log("ok");
}
