import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b } = pair();
a.send("kept");
const buffer = new Uint8Array(4);
for (const offset of [-1, 5, 0.5, NaN, Infinity, 4294967296]) {
  throws(() => b.recv_into(buffer, offset), { name: "RangeError", message: /^Socket\.recv_into\(buffer, offset\?, flags\?\): offset must be an integer from 0 to the buffer's 4 bytes$/ }, "offset " + offset);
}
for (const other of [undefined, null, "text", 4, {}, [], [1, 2]]) {
  throws(() => b.recv_into(other), { name: "TypeError", message: /buffer must be an ArrayBuffer, a typed array or a DataView, not / }, "buffer " + typeof other);
}
throws(() => b.recv_into(buffer, "0"), { name: "TypeError", message: /offset must be a number, not a string$/ }, "offset as a string");
throws(() => b.recv_into(buffer, 0, "1"), { name: "TypeError", message: /flags must be / }, "flags as a string");
equal(b.recv_into(buffer), 4, "the message has not been consumed");
plan();
