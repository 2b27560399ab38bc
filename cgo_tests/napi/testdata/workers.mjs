// Workers: each has contexts of its own, one that blocks can be ended, what is pending
// does not hold them, and the process ends with them.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

const require = createRequire(`${process.env.ZMQJS_NPM_ROOT}/`);
const zmq = require("zmqjs");
const { recv } = require("zmqjs/promises");
const start = (kind) => new Worker(new URL(import.meta.url), { workerData: kind });
const ended = (worker) => new Promise((resolve, reject) => worker.once("error", reject).once("exit", resolve));

if (isMainThread) {
  for (let i = 0; i < 3; i++) {
    const codes = await Promise.all(["use", "use", "exit", "pending"].map(start).map(ended));
    assert.deepEqual(codes, [0, 0, 7, 0]);
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
