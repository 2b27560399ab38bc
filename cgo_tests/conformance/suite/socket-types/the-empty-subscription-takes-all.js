import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const pub = context.socket(zmq.XPUB);
const sub = context.socket(zmq.SUB);
pub.bind("inproc://pub");
sub.connect("inproc://pub");
sub.setsockopt(zmq.SUBSCRIBE, "");
pub.recv();
pub.send(null);
pub.send("x");
equal(sub.recv().length, 0, "an empty message");
equal(sub.recv_str(), "x", "any other");
plan();
