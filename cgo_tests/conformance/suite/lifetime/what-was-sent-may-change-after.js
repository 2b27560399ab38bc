import * as zmq from "zmq";
import { ok, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://x");
b.connect("inproc://x");
for (const length of [3, 100, 100000]) {
  const sent = new Uint8Array(length).fill(1);
  a.send(sent);
  sent.fill(2);
  const received = b.recv();
  ok(received.every((byte) => byte === 1), length + " bytes arrive as they were sent");
  received.fill(3);
  ok(sent.every((byte) => byte === 2), "and are the receiver's own");
}
plan();
