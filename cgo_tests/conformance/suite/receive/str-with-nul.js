import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair();
const cases = [
  ["abc\0", "abc"],
  ["a\0b", "a\0b"],
  ["a\0b\0", "a\0b\0"],
  ["abc\0\0", "abc\0\0"],
  ["\0", ""],
  ["\0a", "\0a"],
];
cases.forEach((entry, i) => {
  a.send(entry[0]);
  equal(b.recv_str(), entry[1], "text " + i);
});
close();
plan();
