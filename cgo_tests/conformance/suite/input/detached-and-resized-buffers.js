import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b } = pair();
const buffer = new ArrayBuffer(8);
const view = new Uint8Array(buffer);
if (typeof buffer.transfer === "function") {
  buffer.transfer();
  equal(a.send(view), 0, "a view of a detached buffer is empty");
  equal(b.recv().length, 0, "and arrives so");
} else {
  equal(a.send(view), 8, "this engine cannot detach a buffer");
  equal(b.recv().length, 8, "its content arrives");
}
plan();
