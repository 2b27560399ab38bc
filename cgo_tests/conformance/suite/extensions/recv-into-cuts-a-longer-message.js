import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b } = pair();
const buffer = new Uint8Array(4);
a.send("abcdef");
equal(b.recv_into(buffer.subarray(1, 3)), 6, "the size of the whole message");
bytes(buffer, [0, 97, 98, 0], "nothing outside the buffer is written");
plan();
