import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const pub = context.socket(zmq.XPUB);
const sub = context.socket(zmq.SUB);
pub.bind("inproc://pub");
sub.connect("inproc://pub");
pub.send("x");
equal(sub.recv(zmq.DONTWAIT), undefined, "recv()");
plan();
