import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b } = pair();
const wrong = [["undefined", undefined], ["an object", {}], ["an array", [1]], ["an object", () => 1], ["an object", Symbol("x")], ["a Socket", a], ["an object", new Date(0)], ["an object", new String("x")], ["an object", new Map()]];
for (const [text, value] of wrong) {
  throws(() => a.send(value), { name: "TypeError", message: "Socket.send(data, flags?): data must be null, a boolean, number, bigint, string or bytes, not " + text + (text === "a Socket" || value === undefined ? "" : "; JSON.stringify() makes a string of it") }, "send(" + text + ")");
}
equal(b.recv(zmq.DONTWAIT), undefined, "nothing was sent");
plan();
