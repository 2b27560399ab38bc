import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair();
const cases = [
  ["\u00e9", [0xc3, 0xa9]],
  ["\u20ac", [0xe2, 0x82, 0xac]],
  ["\ud83d\ude00", [0xf0, 0x9f, 0x98, 0x80]],
  ["\uffff", [0xef, 0xbf, 0xbf]],
  ["\u07ff\u0800", [0xdf, 0xbf, 0xe0, 0xa0, 0x80]],
  [String.fromCharCode(0xdbff, 0xdfff), [0xf4, 0x8f, 0xbf, 0xbf]],
];
cases.forEach((entry, i) => {
  equal(a.send(entry[0]), entry[1].length, "the size of text " + i);
  bytes(b.recv(), entry[1], "the bytes of text " + i);
});
close();
plan();
