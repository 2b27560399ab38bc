import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const one = new zmq.Context();
const other = new zmq.Context();
const a = one.socket(zmq.PAIR);
const b = other.socket(zmq.PAIR);
a.bind("inproc://same");
equal(b.bind("inproc://same"), 0, "inproc names belong to a context");
a.close();
equal(one.term(), 0, "one ends");
equal(b.setsockopt(zmq.LINGER, 0), 0, "the other context still works");
b.close();
other.term();
plan();
