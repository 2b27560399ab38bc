// A method caches the object of its last call: it is distinguished from others, also from later
// ones at its address.
import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as zmq from "zmq";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc");
const context = new zmq.Context();
const collected = new Set();
const registry = new FinalizationRegistry((number) => collected.add(number));

function use(round) {
  const sockets = [0, 1, 2].map(() => context.socket(zmq.PAIR));
  sockets.forEach((socket, i) => socket.setsockopt(zmq.LINGER, 10 * round + i));
  for (const i of [0, 1, 0, 0, 2, 1, 1, 0]) {
    const { getsockopt_int } = sockets[i];
    assert.equal(sockets[i].getsockopt_int(zmq.LINGER), 10 * round + i);
    for (const other of [{}, undefined, 7, zmq.Socket.prototype, Object.create(sockets[i]), new Proxy(sockets[i], {}), context])
      assert.throws(() => getsockopt_int.call(other, zmq.LINGER), /this is not a Socket/);
    assert.equal(getsockopt_int.call(sockets[i], zmq.LINGER), 10 * round + i);
  }
  sockets[1].close();
  assert.throws(() => sockets[1].getsockopt_int(zmq.LINGER), { code: "ENOTSOCK" });
  registry.register(sockets[0], round);
}

for (let round = 0; round < 20; round++) {
  use(round);
  while (!collected.has(round)) {
    gc();
    await new Promise(setImmediate);
  }
}
console.log("ok");
