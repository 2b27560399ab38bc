import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
for (const parts of [undefined, null, "text", 1, {}, { length: 1, 0: "x" }, new Uint8Array(1), new Set(["x"])]) {
  throws(() => socket.send_multipart(parts), { name: "TypeError", message: /^Socket\.send_multipart\(parts, flags\?\): parts must be an array, not / }, "not " + Object.prototype.toString.call(parts));
}
plan();
