// Large bytes are sent without a copy, and stay allocated as long as libzmq needs them: with any
// collection, and whichever runtime ends.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { lateEndpoint } from "./late.mjs";

const require = createRequire(`${process.env.ZMQJS_NPM_ROOT}/`);
const zmq = require("zmqjs");
const { recv, recv_multipart, send, send_multipart } = require("zmqjs/promises");
setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc");
const SIZE = 1 << 20;
const isFilled = (bytes, value) => bytes.length === SIZE && Buffer.compare(bytes, new Uint8Array(SIZE).fill(value)) === 0;
const context = new zmq.Context();

// The number of bytes outside V8's heap that V8 counts, after collections.
async function settledExternal() {
  for (let last = Infinity;;) {
    gc();
    for (let i = 0; i < 5; i++) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { external } = process.memoryUsage();
    if (external >= last) {
      return external;
    }
    last = external;
  }
}

if (isMainThread) {
  // Bytes sent before there is a peer are sent later: with their later content if they were lent,
  // with the earlier one if they were copied.
  const [late, lateReceiver, nobody] = await Promise.all(["late", "late-receiver", "nobody"].map(lateEndpoint));
  const a = context.socket(zmq.PUSH), b = context.socket(zmq.PULL);
  a.connect(late.endpoint);
  const lent = new Uint8Array(SIZE).fill(1), copied = new Uint8Array(SIZE).fill(1);
  const parts = [new Uint8Array(SIZE).fill(1), "x", new Uint8Array(SIZE).fill(1).buffer];
  await send(a, lent);
  await send(a, copied, { copy: true });
  await send_multipart(a, parts);
  a.send(copied);
  const later = [lent, copied, parts[0]];
  if (ArrayBuffer.prototype.resize !== undefined) {
    const resizable = new Uint8Array(new ArrayBuffer(SIZE, { maxByteLength: SIZE })).fill(1);
    await send(a, resizable);
    resizable.fill(2);
    resizable.buffer.resize(0);
  }
  later.forEach((bytes) => bytes.fill(2));
  await late.bind(b);
  assert.ok(isFilled(await recv(b), 2), "lent");
  assert.ok(isFilled(await recv(b), 1), "copied");
  const received = await recv_multipart(b);
  assert.ok(isFilled(received[0], 2) && isFilled(received[2], 1), "parts");
  assert.ok(isFilled(await recv(b), 1), "sent by the method");
  if (ArrayBuffer.prototype.resize !== undefined) {
    assert.ok(isFilled(await recv(b), 1), "resizable");
  }

  // Their memory cannot be transferred.
  try {
    structuredClone(lent.buffer, { transfer: [lent.buffer] });
  } catch (error) {
    assert.equal(error.name, "DataCloneError");
  }
  assert.equal(lent.length, SIZE);

  // They have no other references, and everything is collected meanwhile.
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < 20; i++) {
      await send(a, new Uint8Array(SIZE).fill(round));
      gc();
    }
    for (let i = 0; i < 20; i++) {
      assert.ok(isFilled(await recv(b), round));
    }
  }

  // Received bytes over inproc belong to the receiver.
  const [c, d] = [context.socket(zmq.PAIR), context.socket(zmq.PAIR)];
  c.bind("inproc://lending");
  d.connect("inproc://lending");
  await send(c, lent);
  const own = await recv(d);
  own.fill(3);
  assert.ok(isFilled(lent, 2));

  // The collector counts received bytes.
  const before = await settledExternal(), kept = [];
  for (let i = 0; i < 20; i++) {
    await send(c, lent);
    kept.push(await recv(d));
  }
  assert.ok(await settledExternal() - before >= kept.length * SIZE);

  // Collected bytes are returned to libzmq, and sent ones to the engine: neither number grows.
  kept.length = 0;
  let highest = 0;
  for (let i = 0; i < 300; i++) {
    await send(a, new Uint8Array(SIZE).fill(4));
    assert.equal((await recv(b))[7], 4);
    highest = Math.max(highest, process.memoryUsage().external);
  }
  gc();
  assert.ok(highest < 250 * SIZE, `at most ${highest} bytes`);

  const start = (how) => {
    const { endpoint } = how === "sends on" ? lateReceiver : nobody;
    const worker = new Worker(new URL(import.meta.url), { workerData: { how, endpoint } });
    return { worker, ended: new Promise((resolve, reject) => worker.once("error", reject).once("exit", resolve)) };
  };

  // What was received, and is sent on, is there as long as it is needed too: whatever comes of it comes unchanged.
  {
    const { worker, ended } = start("sends on");
    await new Promise((resolve) => worker.once("message", resolve));
    const receiver = context.socket(zmq.PULL);
    let over = false;
    void ended.then(() => { over = true; });
    await lateReceiver.bind(receiver);
    while (!over) {
      const message = await recv(receiver, { timeout: 10 });
      assert.ok(message === undefined || (message[0] > 0 && isFilled(message, message[0])), "sent on");
    }
    assert.equal(await ended, 0);
    receiver.close();
  }

  // Leaving with messages that are not sent: in a worker, in one that is terminated, in this thread; also where their
  // socket is closed.
  for (const how of ["ends", "exits", "is terminated", "closes"]) {
    const { worker, ended } = start(how);
    if (how === "is terminated") {
      await new Promise((resolve) => worker.once("message", resolve));
      await worker.terminate();
    }
    assert.equal(await ended, { ends: 0, exits: 5, "is terminated": 1, closes: 0 }[how], how);
  }
  for (const socket of [a, b, c, d]) {
    socket.close();
  }
  for (const close of [false, true]) {
    const alone = context.socket(zmq.PUSH);
    alone.connect(nobody.endpoint);
    await send(alone, new Uint8Array(SIZE));
    if (close) {
      alone.close();
    }
  }
  console.log("ok");
} else if (workerData.how === "sends on") {
  const [from, to, out] = [context.socket(zmq.PAIR), context.socket(zmq.PAIR), context.socket(zmq.PUSH)];
  from.bind(zmq.has("ipc") ? `ipc://@zmqjs-from-${process.pid}` : "tcp://127.0.0.1:*");
  to.connect(from.last_endpoint);
  out.connect(workerData.endpoint);
  for (let i = 1; i <= 5; i++) {
    to.send(new Uint8Array(SIZE).fill(i));
    await send(out, await recv(from));
  }
  parentPort.postMessage("sent");
} else {
  const socket = context.socket(zmq.PUSH);
  socket.connect(workerData.endpoint);
  for (let i = 0; i < 5; i++) {
    await send(socket, new Uint8Array(SIZE).fill(i));
    await send_multipart(socket, [new Uint8Array(SIZE).fill(i), "x"]);
  }
  if (workerData.how === "exits") {
    process.exit(5);
  } else if (workerData.how === "closes") {
    socket.close();
  } else if (workerData.how === "is terminated") {
    parentPort.postMessage("sent");
    setInterval(() => {}, 1000);
  }
}
