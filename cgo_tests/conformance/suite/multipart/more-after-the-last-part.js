import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://parts");
b.connect("inproc://parts");
a.send_multipart(["a", "b"], zmq.SNDMORE);
equal(b.recv_multipart(zmq.DONTWAIT), undefined, "SNDMORE holds the message back");
a.send("c");
equal(b.recv_multipart().length, 3, "until its last part");
plan();
