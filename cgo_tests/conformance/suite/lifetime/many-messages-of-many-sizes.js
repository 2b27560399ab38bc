import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b } = pair();
let right = 0;
for (let size = 0; size < 200000; size = size * 2 + 1) {
  const sent = new Uint8Array(size).fill(size % 251);
  a.send(sent);
  const received = b.recv();
  if (received.length === size && received.every((byte) => byte === size % 251)) {
    right++;
  }
}
equal(right, 18, "from 0 to 131,071 bytes");
plan();
