import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair();
const cases = [
  [[65, 255, 66], "A\ufffdB", "a byte that never occurs"],
  [[0xc3], "\ufffd", "a cut sequence of two"],
  [[0xe2, 0x82], "\ufffd", "a cut sequence of three"],
  [[0xf0, 0x9f, 0x98], "\ufffd", "a cut sequence of four"],
  [[0xe2, 0x82, 0x41], "\ufffdA", "a sequence that another byte ends"],
  [[0x80, 0x80], "\ufffd\ufffd", "continuations alone"],
  [[0xc0, 0xaf], "\ufffd\ufffd", "an overlong slash"],
  [[0xe0, 0x80, 0xaf], "\ufffd\ufffd\ufffd", "a longer one"],
  [[0xed, 0xa0, 0x80], "\ufffd\ufffd\ufffd", "a surrogate"],
  [[0xf4, 0x90, 0x80, 0x80], "\ufffd\ufffd\ufffd\ufffd", "beyond the last character"],
  [[0xf5, 0x80], "\ufffd\ufffd", "a lead byte that never occurs"],
];
cases.forEach((entry) => {
  a.send(new Uint8Array(entry[0]));
  equal(b.recv_str(), entry[1], entry[2]);
});
close();
plan();
