import * as zmq from "zmq";
import { bytes, equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://into");
b.connect("inproc://into");
const buffer = new Uint8Array(5);
a.send("abc");
equal(b.recv_into(buffer), 3, "the message's size");
bytes(buffer, [97, 98, 99, 0, 0], "the rest is left alone");
plan();
