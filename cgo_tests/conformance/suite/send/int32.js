import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair();
const cases = [
  [0, [0, 0, 0, 0]],
  [1, [1, 0, 0, 0]],
  [-1, [255, 255, 255, 255]],
  [0x01020304, [4, 3, 2, 1]],
  [2147483647, [255, 255, 255, 127]],
  [-2147483648, [0, 0, 0, 128]],
];
cases.forEach((entry) => {
  equal(a.send(entry[0]), 4, entry[0] + " has 4 bytes");
  bytes(b.recv(), entry[1], "the bytes of " + entry[0]);
});
close();
plan();
