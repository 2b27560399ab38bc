import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const one = new zmq.Context();
const other = new zmq.Context();
const a = one.socket(zmq.PULL);
const b = other.socket(zmq.PUSH);
a.bind("inproc://near");
b.connect("inproc://near");
b.setsockopt(zmq.LINGER, 0);
a.setsockopt(zmq.RCVTIMEO, 50);
b.send("x", zmq.DONTWAIT);
equal(a.recv(), undefined, "no message passes from one context to another");
a.close();
b.close();
one.term();
plan();
