import * as zmq from "zmq";
import { bytes, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://bytes");
b.connect("inproc://bytes");
a.send(new Uint8Array([1, 2, 3]));
bytes(b.recv(), [1, 2, 3], "Uint8Array");
a.send(new Uint8Array([1, 2, 3]).buffer);
bytes(b.recv(), [1, 2, 3], "ArrayBuffer");
plan();
