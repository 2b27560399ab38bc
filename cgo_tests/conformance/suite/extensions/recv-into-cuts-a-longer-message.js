import * as zmq from "zmq";
import { bytes, equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://into");
b.connect("inproc://into");
const buffer = new Uint8Array(4);
a.send("abcdef");
equal(b.recv_into(buffer.subarray(1, 3)), 6, "the size of the whole message");
bytes(buffer, [0, 97, 98, 0], "nothing outside the buffer is written");
plan();
