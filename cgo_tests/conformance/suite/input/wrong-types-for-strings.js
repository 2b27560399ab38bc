import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PAIR);
const wrong = [["a number", 1], ["null", null], ["a boolean", false], ["a bigint", BigInt(1)], ["an object", {}], ["an array", ["inproc://x"]], ["bytes", new Uint8Array(1)], ["a Context", context], ["an object", new String("inproc://x")]];
for (const [text, value] of wrong) {
  for (const name of ["bind", "unbind", "connect", "disconnect"]) {
    throws(() => socket[name](value), { name: "TypeError", message: "Socket." + name + "(endpoint): endpoint must be a string, not " + text }, name + "(" + text + ")");
  }
  throws(() => zmq.has(value), { name: "TypeError", message: "has(capability): capability must be a string, not " + text }, "has(" + text + ")");
}
plan();
