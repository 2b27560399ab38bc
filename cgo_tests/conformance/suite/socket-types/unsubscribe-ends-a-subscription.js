import * as zmq from "zmq";
import { bytes, equal, plan } from "../tap.js";

const context = new zmq.Context();
const pub = context.socket(zmq.XPUB);
const sub = context.socket(zmq.SUB);
pub.bind("inproc://pub");
sub.connect("inproc://pub");
sub.setsockopt(zmq.SUBSCRIBE, "a");
bytes(pub.recv(), [1, 97], "XPUB receives the subscription");
sub.setsockopt(zmq.UNSUBSCRIBE, "a");
bytes(pub.recv(), [0, 97], "XPUB receives the unsubscription");
pub.send("a");
equal(sub.recv(zmq.DONTWAIT), undefined, "nothing comes any more");
plan();
