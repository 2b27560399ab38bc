import * as zmq from "zmq";
import { bytes, equal, plan } from "../tap.js";

const context = new zmq.Context();
const pub = context.socket(zmq.XPUB);
const sub = context.socket(zmq.SUB);
pub.bind("inproc://pub");
sub.connect("inproc://pub");
sub.setsockopt(zmq.SUBSCRIBE, "topic");
pub.recv();
pub.send_multipart(["other", "topic"]);
pub.send_multipart(["topic", "content"]);
const parts = sub.recv_multipart();
equal(parts.length, 2, "both parts of the message whose first part matches");
bytes(parts[1], [99, 111, 110, 116, 101, 110, 116], "content");
equal(sub.recv(zmq.DONTWAIT), undefined, "no other message");
plan();
