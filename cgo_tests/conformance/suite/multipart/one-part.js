import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://parts");
b.connect("inproc://parts");
a.send_multipart(["x"]);
equal(b.recv_str(), "x", "is an ordinary message");
equal(b.getsockopt(zmq.RCVMORE), 0, "with nothing after it");
a.send("y");
equal(b.recv_multipart().length, 1, "and an ordinary message is one part");
plan();
