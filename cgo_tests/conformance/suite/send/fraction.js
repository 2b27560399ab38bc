import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b, close } = pair();
[1.5, -0.1, NaN, Infinity, -Infinity, 2 ** 64, 1e300, Number.MIN_VALUE].forEach((value) => {
  throws(() => a.send(value), { name: "RangeError" }, "send(" + value + ") throws");
});
equal(b.recv(zmq.DONTWAIT), undefined, "nothing was sent");
close();
plan();
