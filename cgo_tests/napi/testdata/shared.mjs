// Workers that meet in a context of the process: each sends to all, and the end of one does not
// affect others.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { Worker, isMainThread, workerData } from "node:worker_threads";

const require = createRequire(`${process.env.ZMQJS_NPM_ROOT}/`);
const zmq = require("zmqjs");
const MESSAGES = 2000;
const ended = (worker) => new Promise((resolve, reject) => worker.once("error", reject).once("exit", resolve));

if (isMainThread) {
  const context = zmq.Context.shared("workers");
  const results = context.socket(zmq.PULL);
  results.bind("inproc://results");
  for (let round = 0; round < 3; round++) {
    const workers = [0, 1, 2].map((number) => new Worker(new URL(import.meta.url), { workerData: number }));
    const over = Promise.all(workers.map(ended));
    const sums = [0, 0, 0];
    for (let i = 0; i < workers.length * MESSAGES; i++) {
      const [worker, value] = results.recv_str().split(" ").map(Number);
      sums[worker] += value;
    }
    assert.deepEqual(sums, workers.map(() => (MESSAGES * (MESSAGES - 1)) / 2));
    assert.deepEqual(await over, [0, 0, 0]);
  }
  const { recv } = require("zmqjs/promises");
  const alive = setInterval(() => {}, 1000); // a promise of the module's does not keep Node up
  const late = new Worker(new URL(import.meta.url), { workerData: 0 });
  const over = ended(late); // it may end while the last messages are received
  for (let i = 0; i < MESSAGES; i++) assert.equal(Buffer.from(await recv(results)).toString(), `0 ${i}`);
  assert.equal(await over, 0);
  clearInterval(alive);
  results.close();
  assert.equal(context.term(), 0);
  console.log("ok");
} else {
  const socket = zmq.Context.shared("workers").socket(zmq.PUSH);
  socket.connect("inproc://results");
  for (let i = 0; i < MESSAGES; i++) socket.send(`${workerData} ${i}`);
}
