import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair();
const replacement = [0xef, 0xbf, 0xbd];
const cases = [
  ["\ud800", replacement],
  ["\udc00", replacement],
  ["\ud800x", replacement.concat(120)],
  ["x\udfff", [120].concat(replacement)],
  ["\udc00\ud800", replacement.concat(replacement)],
  ["\ud800\ud83d\ude00", replacement.concat([0xf0, 0x9f, 0x98, 0x80])],
];
cases.forEach((entry, i) => {
  equal(a.send(entry[0]), entry[1].length, "the size of text " + i);
  bytes(b.recv(), entry[1], "the bytes of text " + i);
});
close();
plan();
