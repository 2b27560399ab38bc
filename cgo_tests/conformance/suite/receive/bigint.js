import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair();
[0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n)].forEach((value) => {
  a.send(value);
  equal(b.recv_bigint(), value, "the value " + value);
});
a.send(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]));
equal(b.recv_bigint(), 0x0807060504030201n, "of any eight bytes");
close();
plan();
