// Peers that are killed: every message that comes is whole, and what is left goes to the next peer.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(`${process.env.ZMQJS_NPM_ROOT}/`);
const zmq = require("zmqjs");
const { messages, recv, recv_int, send } = require("zmqjs/promises");
const SIZE = 1 << 20, COUNT = 40;
const context = new zmq.Context();
const filled = (value) => new Uint8Array(SIZE).fill(value);

// The value that all bytes of a message have.
function valueOf(message) {
  assert.equal(message.length, SIZE);
  assert.equal(Buffer.compare(message, filled(message[0])), 0);
  return message[0];
}

function bound(type, limits) {
  const socket = context.socket(type);
  for (const [name, value] of Object.entries({ LINGER: 0, ...limits })) {
    socket.setsockopt(zmq[name], value);
  }
  socket.bind("tcp://127.0.0.1:*");
  return socket;
}

function start(...role) {
  const [program, ...options] = [...JSON.parse(process.env.EMULATOR), process.execPath, fileURLToPath(import.meta.url)];
  const child = spawn(program, [...options, ...role], { stdio: "ignore" });
  const ended = once(child, "exit");
  return { kill: () => (child.kill("SIGKILL"), ended) };
}

const roles = {
  async sends(endpoint, value) {
    const push = context.socket(zmq.PUSH);
    push.connect(endpoint);
    for (;;) {
      await send(push, filled(value));
    }
  },
  // Tells the number of each message, and takes no more after so many.
  async receives(endpoint, reports, count) {
    const pull = context.socket(zmq.PULL), report = context.socket(zmq.PUSH);
    pull.setsockopt(zmq.RCVHWM, 1);
    report.connect(reports);
    pull.connect(endpoint);
    for (let i = 0; i < Number(count); i++) {
      await send(report, valueOf(await recv(pull)));
    }
    setInterval(() => {}, 1000);
  },
};

if (process.argv[2] in roles) {
  await roles[process.argv[2]](...process.argv.slice(3));
} else {
  // Senders.
  const pull = bound(zmq.PULL, { RCVHWM: 2 });
  const monitor = pull.monitor(zmq.EVENT_DISCONNECTED);
  for (let round = 0; round < 3; round++) {
    const peer = start("sends", pull.last_endpoint, round);
    for (let seen = 0; seen < 10;) {
      const value = valueOf(await recv(pull)); // some may be left of the one before
      assert.ok(value <= round, `${value} in ${round}`);
      seen += value === round;
    }
    await peer.kill();
    if (process.platform === "win32") {
      console.log("# Wine 8 now and then leaves the connection of a killed process open: its end is not waited for");
      continue;
    }
    const over = new AbortController();
    void recv(monitor).then(() => over.abort());
    await assert.rejects(async () => {
      for (;;) {
        assert.ok(valueOf(await recv(pull, { signal: over.signal })) <= round);
      }
    }, { name: "AbortError" });
  }
  pull.close();

  // Receivers.
  const push = bound(zmq.PUSH, { SNDHWM: 2 }), reports = bound(zmq.PULL);
  const sends = Array.from({ length: COUNT }, (_, i) => send(push, filled(i)));
  const first = start("receives", push.last_endpoint, reports.last_endpoint, "3");
  for (let i = 0; i < 3; i++) {
    assert.equal(await recv_int(reports), i);
  }
  await first.kill();
  const second = start("receives", push.last_endpoint, reports.last_endpoint, "1000");
  let last;
  for await (const number of messages(reports, "recv_int")) {
    assert.ok(last === undefined ? number > 2 : number === last + 1, `${number} after ${last}`);
    last = number;
    if (last === COUNT - 1) {
      break;
    }
  }
  assert.deepEqual(await Promise.all(sends), new Array(COUNT).fill(SIZE));
  await second.kill();
  console.log("ok");
}
