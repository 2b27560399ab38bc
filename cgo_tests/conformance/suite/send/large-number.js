import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair();
[2147483648, -2147483649, 2 ** 40, -(2 ** 53), 2 ** 53, -(2 ** 63), 2 ** 62].forEach((value) => {
  equal(a.send(value), 8, "8 bytes of " + value);
  equal(b.recv_bigint(), BigInt(value), "the value " + value);
});
close();
plan();
