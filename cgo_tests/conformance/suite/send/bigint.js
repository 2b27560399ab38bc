import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair();
const cases = [
  [0n, 0n],
  [1n, 1n],
  [-1n, -1n],
  [2n ** 63n - 1n, 2n ** 63n - 1n],
  [-(2n ** 63n), -(2n ** 63n)],
  [2n ** 63n, -(2n ** 63n)],
  [2n ** 64n - 1n, -1n],
];
cases.forEach((entry) => {
  equal(a.send(entry[0]), 8, entry[0] + "n has 8 bytes");
  equal(b.recv_bigint(), entry[1], "the value of " + entry[0] + "n");
});
close();
plan();
