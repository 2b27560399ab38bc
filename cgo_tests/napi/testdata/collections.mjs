// A full collection closes a socket that nothing refers to. A collection of young objects, which V8 does often, does
// not close it.
import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as zmq from "zmq";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc");
const context = new zmq.Context();

function open(number) {
  const socket = context.socket(zmq.PAIR);
  socket.connect(`inproc://peer-${number}`);
  context.socket(zmq.PAIR).bind(socket.last_endpoint);
  return socket;
}

const sockets = Array.from({ length: 20 }, (_, i) => open(i));
const connected = () => sockets.filter((socket) => (socket.events & zmq.POLLOUT) !== 0).length;
for (let i = 0; i < 5; i++) {
  gc({ type: "minor" });
  await new Promise(setImmediate);
}
assert.equal(connected(), sockets.length);
while (connected() > 0) {
  gc();
  await new Promise(setImmediate);
}
console.log("ok");
