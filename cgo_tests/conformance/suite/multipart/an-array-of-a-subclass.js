import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

class Parts extends Array {}
const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://parts");
b.connect("inproc://parts");
equal(a.send_multipart(Parts.from(["a", "b"])), 2, "is an array");
equal(b.recv_multipart().length, 2, "of parts");
plan();
