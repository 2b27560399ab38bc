import * as zmq from "zmq";
import { bytes, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://x");
b.connect("inproc://x");
const first = new Uint8Array([1, 2]);
const parts = [first, "b"];
Object.defineProperty(parts, 1, { get() { first[0] = 9; return "b"; } });
a.send_multipart(parts);
bytes(b.recv_multipart()[0], [9, 2], "are read after all parts were got");
plan();
