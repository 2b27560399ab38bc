// Each message wakes the wait for it: without the timer that repeats attempts after a call of the
// script may have taken the wake-up, this would hang if a wake-up was lost.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { Worker, isMainThread, workerData } from "node:worker_threads";

globalThis.setInterval = () => ({ unref() {}, ref() {} });
const require = createRequire(`${process.env.ZMQJS_NPM_ROOT}/`);
const zmq = require("zmqjs");
const { messages, readable, recv_int, send, wait } = require("zmqjs/promises");
const ROUNDS = Number(process.env.ROUNDS);

const ways = {
  async receive(socket) {
    for (let i = 0; i < ROUNDS; i++) {
      await send(socket, i);
      assert.equal(await recv_int(socket), i);
    }
  },
  async receiveFirst(socket) {
    for (let i = 0; i < ROUNDS; i++) {
      const reply = recv_int(socket);
      await send(socket, i);
      assert.equal(await reply, i);
    }
  },
  async readable(socket) {
    for (let i = 0; i < ROUNDS; i++) {
      await send(socket, i);
      assert.equal(await readable(socket), true);
      assert.equal(socket.recv_int(zmq.DONTWAIT), i);
    }
  },
  async wait(socket) {
    const poller = new zmq.Poller();
    poller.add(socket, zmq.POLLIN);
    for (let i = 0; i < ROUNDS; i++) {
      await send(socket, i);
      assert.equal((await wait(poller, -1)).socket, socket);
      assert.equal(socket.recv_int(zmq.DONTWAIT), i);
    }
  },
  // No message of a burst is left, and a waiting sender continues.
  async bursts(socket) {
    const received = (async () => {
      let expected = 0;
      for await (const value of messages(socket, "recv_int")) {
        assert.equal(value, expected++);
        if (expected === 10 * ROUNDS) return;
      }
    })();
    for (let i = 0; i < 10 * ROUNDS; i++) await send(socket, i);
    await received;
  },
};

const context = () => zmq.Context.shared("wakeups");
const everywhere = ["inproc://wakeups", "tcp://127.0.0.1:*"];
// Over inproc two sockets of these types in different threads may each wait for the other's lock, in libzmq.
const threadSafe = [["CLIENT", "SERVER", everywhere.slice(1)]];
const types = [["DEALER", "DEALER", everywhere], ...(zmq.has("draft") ? threadSafe : [])];

if (isMainThread) {
  for (const [type, otherType, addresses] of types) {
    for (const address of addresses) {
      for (const [name, way] of Object.entries(ways)) {
        const socket = context().socket(zmq[type]);
        socket.setsockopt(zmq.SNDHWM, 100);
        socket.setsockopt(zmq.RCVHWM, 100);
        const endpoint = address.replace("wakeups", `${type}.${name}`);
        socket.bind(endpoint);
        const worker = new Worker(new URL(import.meta.url), { workerData: { type: otherType, endpoint: socket.last_endpoint } });
        const failed = new Promise((_, reject) => worker.once("error", reject));
        await Promise.race([way(socket), failed]);
        socket.close();
        await worker.terminate();
      }
    }
  }
  console.log("ok");
} else {
  const socket = context().socket(zmq[workerData.type]);
  socket.setsockopt(zmq.SNDHWM, 100);
  socket.setsockopt(zmq.RCVHWM, 100);
  socket.connect(workerData.endpoint);
  for (;;) {
    const { data, routing_id } = socket.recv_message();
    if (routing_id === undefined) {
      socket.send(data);
    } else {
      socket.send_to(routing_id, data);
    }
  }
}
