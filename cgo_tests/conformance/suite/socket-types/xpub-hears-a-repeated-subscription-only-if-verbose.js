import * as zmq from "zmq";
import { bytes, equal, plan } from "../tap.js";

const context = new zmq.Context();
const pub = context.socket(zmq.XPUB);
pub.bind("inproc://pub");
const subs = [0, 1, 2].map(() => {
  const sub = context.socket(zmq.SUB);
  sub.connect("inproc://pub");
  return sub;
});
subs[0].setsockopt(zmq.SUBSCRIBE, "a");
subs[1].setsockopt(zmq.SUBSCRIBE, "a");
bytes(pub.recv(), [1, 97], "the first");
equal(pub.recv(zmq.DONTWAIT), undefined, "not the second");
pub.setsockopt(zmq.XPUB_VERBOSE, 1);
subs[2].setsockopt(zmq.SUBSCRIBE, "a");
bytes(pub.recv(), [1, 97], "the third, once XPUB_VERBOSE is set");
plan();
