import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, ok, plan } from "../tap.js";

const { a, b, close } = pair();
[29, 30, 32, 33, 34, 255, 256, 257, 4095, 8192, 65536].forEach((size) => {
  const data = new Uint8Array(size);
  data[0] = 1;
  data[size - 1] = 2;
  equal(a.send(data), size, size + " bytes");
  const got = b.recv();
  ok(got.length === size && got[0] === 1 && got[1] === 0 && got[size - 1] === 2, size + " bytes arrive");
});
close();
plan();
