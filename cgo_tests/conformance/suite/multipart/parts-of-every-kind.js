import { pair } from "../pairs.js";
import { bytes, equal, ok, plan } from "../tap.js";

const { a, b } = pair();
equal(a.send_multipart(["ab", 1, true, null, BigInt(2), new Uint8Array([3]), 4294967296]), 27, "the size of all parts");
const parts = b.recv_multipart();
ok(Array.isArray(parts), "an Array");
equal(parts.length, 7, "of all parts");
bytes(parts[0], [97, 98], "a string");
bytes(parts[1], [1, 0, 0, 0], "a number");
bytes(parts[2], [1, 0, 0, 0], "a boolean");
bytes(parts[3], [], "null");
bytes(parts[4], [2, 0, 0, 0, 0, 0, 0, 0], "a bigint");
bytes(parts[5], [3], "bytes");
bytes(parts[6], [0, 0, 0, 0, 1, 0, 0, 0], "a larger number");
plan();
