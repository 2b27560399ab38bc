import * as zmq from "zmq";
import { bytes, equal, plan } from "../tap.js";

const context = new zmq.Context();
const pub = context.socket(zmq.XPUB);
pub.setsockopt(zmq.XPUB_WELCOME_MSG, "W");
pub.bind("inproc://pub");
const sub = context.socket(zmq.SUB);
sub.setsockopt(zmq.SUBSCRIBE, "W");
sub.setsockopt(zmq.RCVTIMEO, 5000);
sub.connect("inproc://pub");
bytes(pub.recv(), [1, 87], "the subscription arrives");
equal(sub.recv_str(), "W", "the welcome message arrives");
plan();
