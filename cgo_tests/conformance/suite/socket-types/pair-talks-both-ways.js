import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://pair");
b.connect("inproc://pair");
a.send("to b");
b.send("to a");
equal(b.recv_str(), "to b", "one way");
equal(a.recv_str(), "to a", "the other way");
plan();
