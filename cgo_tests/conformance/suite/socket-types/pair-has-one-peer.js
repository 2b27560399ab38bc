import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
a.bind("inproc://pair");
const b = context.socket(zmq.PAIR);
const c = context.socket(zmq.PAIR);
b.connect("inproc://pair");
c.connect("inproc://pair");
c.send("refused", zmq.DONTWAIT);
b.send("taken");
equal(a.recv_str(), "taken", "the first peer's message");
a.setsockopt(zmq.RCVTIMEO, 30);
equal(a.recv(), undefined, "no message of a second peer");
plan();
