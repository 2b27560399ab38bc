import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b } = pair();
const parts = ["a", "b"];
Object.defineProperty(parts, 1, { get() { throw new RangeError("mine"); } });
throws(() => a.send_multipart(parts), { name: "RangeError", message: "mine" }, "the exception of the getter");
equal(b.recv(zmq.DONTWAIT), undefined, "nothing was sent");
plan();
