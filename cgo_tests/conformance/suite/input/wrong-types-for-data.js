import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://x");
b.connect("inproc://x");
const wrong = [["undefined", undefined], ["an object", {}], ["an array", [1]], ["an object", () => 1], ["an object", Symbol("x")], ["a Socket", a], ["an object", new Date(0)], ["an object", new String("x")], ["an object", new Map()]];
for (const [text, value] of wrong) {
  throws(() => a.send(value), { name: "TypeError", message: "Socket.send(data, flags?): data must be null, a boolean, number, bigint, string or bytes, not " + text }, "send(" + text + ")");
}
equal(b.recv(zmq.DONTWAIT), undefined, "nothing was sent");
plan();
