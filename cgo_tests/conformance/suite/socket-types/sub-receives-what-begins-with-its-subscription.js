import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const pub = context.socket(zmq.XPUB);
const sub = context.socket(zmq.SUB);
pub.bind("inproc://pub");
sub.connect("inproc://pub");
sub.setsockopt(zmq.SUBSCRIBE, "ab");
pub.recv();
["a", "ab", "abc", "b", "xab"].forEach((text) => pub.send(text));
equal(sub.recv_str(), "ab", "the same text");
equal(sub.recv_str(), "abc", "a longer one");
equal(sub.recv(zmq.DONTWAIT), undefined, "no other");
plan();
