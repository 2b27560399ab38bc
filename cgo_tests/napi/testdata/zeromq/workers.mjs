// Workers: each can use sockets of its own, and can be terminated in every wait.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import * as zmq from "zeromq";
import { lateEndpoint } from "./late.mjs";

const waits = {
  receive: () => new zmq.Pull().receive(),
  send: () => new zmq.Push({ linger: 0 }).send("x"),
  async iterate() {
    for await (const _ of new zmq.Pull());
  },
  events: () => new zmq.Pull().events.receive(),
  listen: () => new zmq.Pull().events.on("bind", () => {}),
  async proxy() {
    const proxy = new zmq.Proxy(new zmq.Pull(), new zmq.Push({ linger: 0 }));
    await proxy.frontEnd.bind("inproc://front");
    await proxy.backEnd.bind("inproc://back");
    await proxy.run();
  },
  async flood() {
    const [push, pull] = [new zmq.Push({ linger: 0 }), new zmq.Pull()];
    await pull.bind("inproc://flood");
    push.connect("inproc://flood");
    void (async () => { for (;;) await push.send("x"); })();
    for await (const _ of pull);
  },
};

const start = (name) => new Worker(new URL(import.meta.url), { workerData: name });
const ended = (worker) => new Promise((resolve, reject) => worker.once("error", reject).once("exit", resolve));

if (isMainThread) {
  for (const name of Object.keys(waits)) {
    test(`ended while it waits: ${name}`, async () => {
      const worker = start(name);
      await new Promise((resolve) => worker.once("message", resolve));
      assert.equal(await worker.terminate(), 1);
    });
  }

  test("it exits while it waits", async () => {
    assert.equal(await ended(start("exit")), 7);
  });

  test("messages from thread to thread", async () => {
    const pull = new zmq.Pull();
    await pull.bind("tcp://127.0.0.1:*");
    const worker = start(pull.lastEndpoint);
    const over = ended(worker);
    const [text] = await pull.receive();
    assert.equal(String(text), "from a worker");
    assert.equal(await over, 0);
    pull.close();
  });

  test("the default context is one for all threads", async () => {
    const pull = new zmq.Pull();
    await pull.bind("inproc://from-a-worker");
    const worker = start("inproc://from-a-worker");
    const over = ended(worker);
    const [text] = await pull.receive();
    assert.equal(String(text), "from a worker");
    assert.equal(await over, 0);
    pull.close();
  });

  test("a worker's large messages are sent after its end", async () => {
    const late = await lateEndpoint("late"), pull = new zmq.Pull();
    assert.equal(await ended(start({ large: late.endpoint })), 0);
    await late.bind(pull);
    for (let i = 1; i <= 5; i++) {
      const [message] = await pull.receive();
      assert.ok(message.equals(Buffer.alloc(1 << 20, i)));
    }
    pull.close();
  });
} else if (workerData.large !== undefined) {
  const push = new zmq.Push();
  push.connect(workerData.large);
  for (let i = 1; i <= 5; i++) {
    await push.send(Buffer.alloc(1 << 20, i));
  }
} else if (workerData === "exit") {
  void waits.receive();
  setTimeout(() => process.exit(7), 5);
} else if (workerData.includes("://")) {
  const push = new zmq.Push();
  push.connect(workerData);
  await push.send("from a worker");
} else {
  void waits[workerData]();
  setTimeout(() => parentPort.postMessage("waits"), 5);
}
