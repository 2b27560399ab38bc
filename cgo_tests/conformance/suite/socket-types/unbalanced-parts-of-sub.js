import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair(zmq.XPUB, zmq.SUB);
b.setsockopt(zmq.SUBSCRIBE, "topic");
a.recv();
a.send("other", zmq.SNDMORE);
a.send("topic");
a.send("topic", zmq.SNDMORE);
a.send("body");
equal(b.recv_str(), "topic", "only the first part is matched");
equal(b.getsockopt(zmq.RCVMORE), 1, "the other parts follow");
equal(b.recv_str(), "body", "whatever they are");
equal(b.recv(zmq.DONTWAIT), undefined, "nothing else arrives");
close();
plan();
