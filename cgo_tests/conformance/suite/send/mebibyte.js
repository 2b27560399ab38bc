import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair();
const data = new Uint8Array(1024 * 1024);
for (let i = 0; i < data.length; i += 1000) {
  data[i] = i % 251;
}
equal(a.send(data), 1048576, "the number of bytes");
const got = b.recv();
equal(got.length, 1048576, "all arrive");
let different = 0;
for (let i = 0; i < data.length; i += 500) {
  if (got[i] !== data[i]) {
    different++;
  }
}
equal(different, 0, "as they were");
close();
plan();
