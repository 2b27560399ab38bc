import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b } = pair();
for (const part of [undefined, {}, [], () => 1, Symbol("x"), a]) {
  throws(() => a.send_multipart(["x", "y", part]), { name: "TypeError", message: /parts\[2\] must be null, a boolean, number, bigint, string or bytes, not / }, "a part of type " + typeof part);
}
for (const part of [0.5, NaN, BigInt(1) << BigInt(64)]) {
  throws(() => a.send_multipart(["x", part]), { name: "RangeError" }, "a part that is " + part);
}
equal(b.recv(zmq.DONTWAIT), undefined, "nothing was sent");
plan();
