import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://parts");
b.connect("inproc://parts");
a.send_multipart(["a", "b", "c"]);
a.send("next");
equal(b.recv_str(), "a", "the first part");
equal(b.recv_multipart().length, 2, "the other two");
equal(b.recv_multipart().length, 1, "the next message is apart");
plan();
