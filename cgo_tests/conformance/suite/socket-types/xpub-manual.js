import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair(zmq.XPUB, zmq.SUB);
a.setsockopt(zmq.XPUB_MANUAL, 1);
b.setsockopt(zmq.SUBSCRIBE, "asked");
equal(a.recv_str(), "\x01asked", "the subscription arrives");
a.setsockopt(zmq.SUBSCRIBE, "given");
b.setsockopt(zmq.RCVTIMEO, 100);
a.send("asked");
equal(b.recv(), undefined, "it does not count by itself");
close();
plan();
