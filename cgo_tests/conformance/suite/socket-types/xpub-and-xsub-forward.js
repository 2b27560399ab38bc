import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const publisher = context.socket(zmq.PUB);
const xsub = context.socket(zmq.XSUB);
const xpub = context.socket(zmq.XPUB);
const sub = context.socket(zmq.SUB);
sub.setsockopt(zmq.RCVTIMEO, 5000);
publisher.bind("inproc://back");
xsub.connect("inproc://back");
xpub.bind("inproc://front");
sub.connect("inproc://front");
sub.setsockopt(zmq.SUBSCRIBE, "a");
xsub.send(xpub.recv());
publisher.send("abc");
xpub.send(xsub.recv());
equal(sub.recv_str(), "abc", "a message through both");
plan();
