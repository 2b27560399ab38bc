import * as zmq from "zmq";
import { bytes, equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://x");
b.connect("inproc://x");
let asked = 0;
const sent = new Uint8Array([1, 2, 3]);
for (const name of ["length", "byteLength", "byteOffset", "buffer"]) {
  Object.defineProperty(sent, name, { get() { asked++; return 0; } });
}
equal(a.send(sent), 3, "the real length counts");
bytes(b.recv(), [1, 2, 3], "the content arrives");
equal(asked, 0, "no getter has run");
plan();
