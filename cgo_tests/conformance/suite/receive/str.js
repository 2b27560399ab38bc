import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair();
["", "x", "hello", "\u00e9\u20ac\ud83d\ude00", " \t\n", "\ufeffx"].forEach((text, i) => {
  a.send(text);
  equal(b.recv_str(), text, "text " + i);
});
close();
plan();
