import { pair } from "../pairs.js";
import { bytes, plan } from "../tap.js";

const { a, b } = pair();
const first = new Uint8Array([1, 2]);
const parts = [first, "b"];
Object.defineProperty(parts, 1, { get() { first[0] = 9; return "b"; } });
a.send_multipart(parts);
bytes(b.recv_multipart()[0], [9, 2], "are read after all parts were got");
plan();
