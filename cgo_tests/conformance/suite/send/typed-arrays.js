import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair();
const content = [1, 2, 3, 4, 5, 6, 7, 8];
const buffer = new Uint8Array(content).buffer;
[
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
].forEach((type) => {
  equal(a.send(new type(buffer)), 8, type.name + " has 8 bytes");
  bytes(b.recv(), content, "the bytes of " + type.name);
});
close();
plan();
