import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://x");
b.connect("inproc://x");
const parts = ["a", "b"];
Object.defineProperty(parts, 1, { get() { throw new RangeError("mine"); } });
throws(() => a.send_multipart(parts), { name: "RangeError", message: "mine" }, "the very exception");
equal(b.recv(zmq.DONTWAIT), undefined, "nothing was sent");
plan();
