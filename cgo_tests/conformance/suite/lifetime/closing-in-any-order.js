import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://x");
b.connect("inproc://x");
a.send("still there");
a.close();
equal(b.recv_str(), "still there", "a closed peer's message arrives");
b.close();
equal(context.term(), 0, "term()");
plan();
