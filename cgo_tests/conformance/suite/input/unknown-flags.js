import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://x");
b.connect("inproc://x");
equal(a.send("x", 1024), 1, "libzmq ignores flags that it does not know");
equal(b.recv_str(zmq.DONTWAIT | 1024), "x", "in both directions");
plan();
