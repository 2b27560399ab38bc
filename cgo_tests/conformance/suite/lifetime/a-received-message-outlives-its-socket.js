import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://x");
b.connect("inproc://x");
const large = new Uint8Array(1000000);
large[999999] = 7;
a.send(large);
const received = b.recv();
a.close();
b.close();
context.term();
equal(received.length, 1000000, "its size");
equal(received[999999], 7, "its content");
plan();
