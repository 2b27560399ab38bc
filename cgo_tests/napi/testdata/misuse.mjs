// Mistakes of scripts: each is an error that explains it, and does no harm.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as zmq from "zmq";

const context = new zmq.Context();
const socket = context.socket(zmq.PAIR);

assert.throws(() => zmq.Context(), /Class constructor Context cannot be invoked without 'new'/);
assert.throws(() => new zmq.Socket(), /made by Context\.socket/);
assert.throws(() => new zmq.version(), /version is not a constructor/);
assert.throws(() => socket.send(Symbol("x")), TypeError);
assert.throws(() => socket.send.call({}, "x"), /this is not a Socket/);
assert.throws(() => socket.send.call(Object.create(socket), "x"), /this is not a Socket/);
assert.throws(() => socket.send.call(new Proxy(socket, {}), "x"), /this is not a Socket/);
// A socket that was posted to another worker is not a socket there.
assert.throws(() => socket.send.call(structuredClone(socket), "x"), /this is not a Socket/);

// An object of another addon, and another copy of this one.
const { path } = createRequire(import.meta.url)("node:process").report.getReport().sharedObjects
  .filter((file) => file.endsWith("zmqjs.node")).map((file) => ({ path: file }))[0];
const second = { exports: {} };
process.dlopen(second, path);
assert.notEqual(second.exports.zmq.Context, zmq.Context);
const foreign = new second.exports.zmq.Context().socket(zmq.PAIR);
assert.throws(() => socket.send.call(foreign, "x"), /this is not a Socket/);
assert.throws(() => new zmq.Poller().add(foreign, zmq.POLLIN), /must be a Socket/);

// Strings: each unit is sent unchanged, and values that cannot be sent are refused.
const other = context.socket(zmq.PAIR);
socket.bind("inproc://texts");
other.connect("inproc://texts");
for (const text of ["", "\0a\0", "é€😀", "x".repeat(126), "x".repeat(127), "x".repeat(128), "ü".repeat(100_000)]) {
  socket.send(text);
  assert.equal(other.recv_str(), text);
}
socket.send("a\ud800b");
assert.equal(other.recv_str(), "a\ufffdb");

// A getter that throws while an array is read.
const parts = ["a"];
Object.defineProperty(parts, 1, { get() { throw new Error("mine"); }, enumerable: true });
assert.throws(() => socket.send_multipart(parts), { message: "mine" });

// A script's changes to the prototypes do not affect kept values, or new ones.
{
  let seen = 0;
  const parts = Array(100).fill("part"), two = ["a", "b"];
  const prototype = Array.prototype, original = WeakMap.prototype.set;
  for (const index of [0, 1, 2, 70]) {
    Object.defineProperty(prototype, index, { set: () => seen++, configurable: true });
    Object.defineProperty(Object.prototype, index, { set: () => seen++, configurable: true });
  }
  WeakMap.prototype.set = () => seen++;
  const poller = new zmq.Poller();
  poller.add(other, zmq.POLLIN, "mine");
  socket.send_multipart(parts);
  const event = poller.wait(-1), received = other.recv_multipart();
  socket.send_multipart(two);
  const few = other.recv_multipart();
  WeakMap.prototype.set = original;
  for (const index of [0, 1, 2, 70]) {
    delete prototype[index];
    delete Object.prototype[index];
  }
  assert.equal(seen, 0);
  assert.ok(event.socket === other && event.user_data === "mine");
  assert.equal(received.length, 100);
  assert.equal(received[70].length, 4);
  assert.equal(few.length, 2);
}

// Detached memory is empty.
const detached = new Uint8Array(10);
structuredClone(detached.buffer, { transfer: [detached.buffer] });
socket.send(detached);
assert.equal(other.recv().length, 0);

// A large message is handed over, and lives without its socket.
const large = new Uint8Array(1 << 20).fill(7);
socket.send(large);
const received = other.recv();
other.close();
assert.equal(received.byteLength, 1 << 20);
assert.ok(received.every((byte) => byte === 7));
console.log("ok");
