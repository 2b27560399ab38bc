import { pair } from "../pairs.js";
import { ok, plan } from "../tap.js";

const { a, b } = pair();
for (const length of [3, 100, 100000]) {
  const sent = new Uint8Array(length).fill(1);
  a.send(sent);
  sent.fill(2);
  const received = b.recv();
  ok(received.every((byte) => byte === 1), length + " bytes arrive as they were sent");
  received.fill(3);
  ok(sent.every((byte) => byte === 2), "the sender's bytes do not change");
}
plan();
