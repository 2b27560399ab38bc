import * as zmq from "zmq";
import { bytes, equal, plan } from "../tap.js";

const context = new zmq.Context();
const pub = context.socket(zmq.XPUB);
const sub = context.socket(zmq.XSUB);
pub.bind("inproc://pub");
sub.connect("inproc://pub");
equal(sub.send("\x01news"), 5, "a subscription is a message");
bytes(pub.recv(), [1, 110, 101, 119, 115], "XPUB receives the subscription");
pub.send("news of today");
equal(sub.recv_str(), "news of today", "the message comes");
plan();
