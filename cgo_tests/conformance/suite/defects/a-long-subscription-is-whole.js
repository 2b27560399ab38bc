import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const pub = context.socket(zmq.XPUB);
const sub = context.socket(zmq.SUB);
pub.bind("inproc://long");
sub.connect("inproc://long");
const prefix = "x".repeat(299);
sub.setsockopt(zmq.SUBSCRIBE, prefix + "y");
equal(pub.recv().length, 301, "300 bytes arrive, after the 1");
pub.send(prefix + "z");
pub.send(prefix + "y");
equal(sub.recv_str(), prefix + "y", "only what matches is received");
equal(sub.recv(zmq.DONTWAIT), undefined, "nothing else");
plan();
