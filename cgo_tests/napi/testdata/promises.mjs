// The promise forms: waits do not block the loop, are resolved in order, and end.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { setTimeout as delay } from "node:timers/promises";
import * as zmq from "zmq";

const require = createRequire(`${process.env.ZMQJS_NPM_ROOT}/`);
const { recv, recv_str, recv_int, recv_into, recv_multipart, send, send_multipart, messages } = require("zmqjs/promises");

const context = new zmq.Context();
let number = 0;
function pair(type = zmq.PAIR, otherType = zmq.PAIR, prepare = () => {}) {
  const [a, b] = [context.socket(type), context.socket(otherType)];
  prepare(a, b);
  a.bind("tcp://127.0.0.1:*");
  b.connect(a.getsockopt_str(zmq.LAST_ENDPOINT));
  number++;
  return [a, b];
}

// Several at once are resolved in their order, while the loop runs.
{
  const [a, b] = pair();
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 1);
  const received = [recv_str(b), recv_int(b), recv(b), recv_multipart(b)];
  while (ticks <= 5) await delay(1); // without end if the loop did not run
  await send(a, "one");
  a.send(2);
  a.send(new Uint8Array([3]));
  await send_multipart(a, ["4", "5"]);
  const [one, two, three, four] = await Promise.all(received);
  assert.equal(one, "one");
  assert.equal(two, 2);
  assert.deepEqual([...three], [3]);
  assert.deepEqual(four.map((part) => String.fromCharCode(...part)), ["4", "5"]);
  clearInterval(ticking);
  const buffer = new Uint8Array(4);
  const into = recv_into(b, buffer, 1);
  a.send("ab");
  assert.equal(await into, 2);
  assert.deepEqual([...buffer], [0, 97, 98, 0]);
}

// A call of the script may take the wake-up of a wait: the wait still ends.
{
  const [a, b] = pair();
  const waits = recv_str(b);
  a.send("x");
  for (let i = 0; i < 20; i++) {
    b.getsockopt_int(zmq.EVENTS);
    await delay(1);
  }
  assert.equal(await waits, "x");
}

// Time-outs, errors, closing.
{
  const [a, b] = pair();
  b.setsockopt(zmq.RCVTIMEO, 20);
  assert.equal(await recv(b), undefined);
  b.setsockopt(zmq.RCVTIMEO, 0);
  assert.equal(await recv(b), undefined);
  b.setsockopt(zmq.RCVTIMEO, -1);
  const waits = recv(b);
  const waitsToo = recv(b);
  b.close();
  await assert.rejects(waits, { name: "Error" });
  await assert.rejects(waitsToo, { name: "Error" });
  await assert.rejects(recv(b));
  await assert.rejects(recv({}));
  await assert.rejects(send(a, Symbol("x")), TypeError);
  assert.throws(() => messages(a, "nothing"), /how must be one of/);
}

// A socket that gets the descriptor of one that was closed takes nothing from it.
for (let i = 0; i < 20; i++) {
  const closed = context.socket(zmq.PULL);
  const waits = recv(closed);
  const rejected = assert.rejects(waits, { name: "Error" });
  closed.close();
  await delay(2);
  const sockets = Array.from({ length: 4 }, () => context.socket(zmq.PULL));
  const others = sockets.map((socket) => recv(socket).catch((error) => error));
  await rejected;
  sockets.forEach((socket) => socket.close());
  await Promise.all(others);
}

// A queue that is full makes a send wait, and keeps the order.
{
  const [a, b] = pair(zmq.PUSH, zmq.PULL, (a, b) => {
    a.setsockopt(zmq.SNDHWM, 2);
    b.setsockopt(zmq.RCVHWM, 2);
    a.setsockopt(zmq.SNDBUF, 4096);
    b.setsockopt(zmq.RCVBUF, 4096);
  });
  const count = 60, size = 100_000;
  const sends = [];
  for (let i = 0; i < count; i++) {
    sends.push(send(a, new Uint8Array(size).fill(i)));
  }
  let expected = 0;
  for await (const message of messages(b)) {
    assert.equal(message.length, size);
    assert.equal(message[0], expected);
    if (++expected === count) {
      break;
    }
  }
  assert.deepEqual(await Promise.all(sends), new Array(count).fill(size));
}

// for await lets other events run, without which this would not end, and ends when the socket is closed.
{
  const [a, b] = pair();
  let turns = 0, seen = 0;
  const ticking = setInterval(() => ++turns > 20 && seen > 100 && b.close(), 1);
  (async () => {
    while (!b.closed) {
      for (let i = 0; i < 100; i++) {
        if (a.send(i, zmq.DONTWAIT) === undefined) break;
      }
      await delay(0);
    }
  })();
  for await (const value of messages(b, "recv_int")) {
    seen++;
    assert.equal(typeof value, "number");
  }
  clearInterval(ticking);
}

// A monitor's events, until its socket is closed.
{
  const socket = context.socket(zmq.PULL);
  const monitor = socket.monitor(zmq.EVENT_LISTENING);
  const first = recv(monitor);
  socket.bind("tcp://127.0.0.1:*");
  assert.equal((await first).endpoint, socket.last_endpoint);
  setTimeout(() => { socket.bind("tcp://127.0.0.1:*"); socket.close(); }, 10);
  const names = [];
  for await (const { name } of messages(monitor)) {
    names.push(name);
  }
  assert.deepEqual(names, ["LISTENING", "MONITOR_STOPPED"]);
}
assert.equal(number, 5);
console.log("ok");
