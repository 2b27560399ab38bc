// Workers: each has contexts of its own, a blocked one can be terminated, pending waits do not keep
// it alive, and the process ends with them.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

const require = createRequire(`${process.env.ZMQJS_NPM_ROOT}/`);
const zmq = require("zmqjs");
const { messages, proxy, readable, recv, recv_event, recv_into, recv_message, send, send_multipart, term, wait, wait_all,
  writable } = require("zmqjs/promises");
const start = (kind) => new Worker(new URL(import.meta.url), { workerData: kind });
const ended = (worker) => new Promise((resolve, reject) => worker.once("error", reject).once("exit", resolve));

if (isMainThread) {
  for (let i = 0; i < 3; i++) {
    const codes = await Promise.all(["use", "use", "exit", "pending"].map(start).map(ended));
    assert.deepEqual(codes, [0, 0, 7, 0]);
  }
  const waits = ["recv", "recv_message", "recv_into", "recv_event", "monitor", "send", "send_multipart", "readable", "writable",
    "messages", "proxy", "poller", "wait_all", "term", "large"];
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
  for (const call of ["recv", "recv_multipart", "send", "wait", "wait_all", "proxy", "monitor", "term"]) {
    const blocked = start(`block:${call}`);
    await new Promise((resolve) => blocked.once("message", resolve));
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await blocked.terminate(), 1, call);
  }
  start("block:recv"); // ended by the end of the process
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
  const monitored = context.socket(zmq.PAIR);
  monitored.bind("tcp://127.0.0.1:*");
  const [kind, end] = workerData.split(" ");
  const waits = {
    recv: () => recv(b),
    recv_message: () => recv_message(b),
    recv_into: () => recv_into(b, new Uint8Array(1)),
    recv_event: () => recv_event(monitored),
    monitor: () => recv(b.monitor()),
    send: () => send(a, "x"),
    send_multipart: () => send_multipart(a, ["x", "y"]),
    writable: () => writable(a),
    readable: () => readable(b),
    messages: () => messages(b).next(),
    proxy: () => proxy(a, b),
    poller: () => wait(poller, -1),
    wait_all: () => wait_all(poller, 2, -1),
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
    setTimeout(() => b.close(), 20); // rejects, without consequences
    process.on("unhandledRejection", () => {});
  } else if (workerData.startsWith("block:")) {
    const alone = context.socket(zmq.PUSH), monitor = alone.monitor();
    const poller = new zmq.Poller();
    poller.add(b, zmq.POLLIN);
    parentPort.postMessage("blocking");
    ({
      recv: () => b.recv(),
      recv_multipart: () => b.recv_multipart(),
      send: () => alone.send("x"),
      wait: () => poller.wait(-1),
      wait_all: () => poller.wait_all(2, -1),
      proxy: () => zmq.proxy(a, b),
      monitor: () => monitor.recv(),
      term: () => context.term(),
    })[workerData.split(":")[1]]();
  }
}
