import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair();
[0, 1, -1, 2147483647, -2147483648].forEach((value) => {
  a.send(value);
  equal(b.recv_int(), value, "the number " + value);
});
a.send(new Uint8Array([1, 2, 3, 4]));
equal(b.recv_int(), 0x04030201, "of any four bytes");
close();
plan();
