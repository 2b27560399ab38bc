// Workers: each has contexts of its own, one that blocks can be ended, what is pending
// does not hold them, and the process ends with them.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

const require = createRequire(`${process.env.ZMQJS_NPM_ROOT}/`);
const zmq = require("zmqjs");
const { messages, proxy, readable, recv, send, term, wait } = require("zmqjs/promises");
const start = (kind) => new Worker(new URL(import.meta.url), { workerData: kind });
const ended = (worker) => new Promise((resolve, reject) => worker.once("error", reject).once("exit", resolve));

if (isMainThread) {
  for (let i = 0; i < 3; i++) {
    const codes = await Promise.all(["use", "use", "exit", "pending"].map(start).map(ended));
    assert.deepEqual(codes, [0, 0, 7, 0]);
  }
  const waits = ["recv", "send", "readable", "messages", "proxy", "poller", "term", "large"];
  for (const wait of waits) {
    for (const end of ["terminate", "exit"]) {
      const worker = start(`${wait} ${end}`);
      const gone = ended(worker);
      await new Promise((resolve) => worker.once("message", resolve));
      if (end === "terminate") {
        worker.terminate();
      }
      assert.equal(await gone, end === "exit" ? 3 : 1, `${wait} ${end}`);
    }
  }
  const blocked = start("block");
  await new Promise((resolve) => blocked.once("message", resolve));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await blocked.terminate();
  start("block"); // ended by the end of the process
  process.on("exit", () => {
    const context = new zmq.Context();
    const socket = context.socket(zmq.PUSH);
    socket.connect("tcp://127.0.0.1:1");
    socket.send("never arrives");
    console.log("ok");
  });
  setTimeout(() => process.exit(0), 100);
} else if (workerData.includes(" ")) {
  const context = new zmq.Context();
  const [a, b] = [context.socket(zmq.DEALER), context.socket(zmq.DEALER)];
  b.bind("tcp://127.0.0.1:*");
  const poller = new zmq.Poller();
  poller.add(b, zmq.POLLIN);
  const [kind, end] = workerData.split(" ");
  const waits = {
    recv: () => recv(b),
    send: () => send(a, "x"),
    readable: () => readable(b),
    messages: () => messages(b).next(),
    proxy: () => proxy(a, b),
    poller: () => wait(poller, -1),
    term: () => term(context),
    large: () => Promise.all([send(a, new Uint8Array(1 << 20)), recv(b)]),
  }[kind]();
  setImmediate(() => {
    parentPort.postMessage("waiting");
    if (end === "exit") {
      process.exit(3);
    }
  });
  await waits;
} else {
  const context = new zmq.Context();
  const [a, b] = [context.socket(zmq.PAIR), context.socket(zmq.PAIR)];
  a.bind("inproc://worker");
  b.connect("inproc://worker");
  for (let i = 0; i < 10_000; i++) {
    a.send(i);
    assert.equal(b.recv_int(), i);
  }
  if (workerData === "exit") {
    recv(b);
    setTimeout(() => process.exit(7), 20);
  } else if (workerData === "pending") {
    recv(b);
    setTimeout(() => b.close(), 20); // rejects, which nobody minds
    process.on("unhandledRejection", () => {});
  } else if (workerData === "block") {
    parentPort.postMessage("blocking");
    b.recv();
  }
}
