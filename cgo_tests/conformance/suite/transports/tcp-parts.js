import * as zmq from "zmq";
import { deepEqual, equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PULL);
const b = context.socket(zmq.PUSH);
a.setsockopt(zmq.RCVTIMEO, 5000);
a.bind("tcp://127.0.0.1:*");
b.connect(a.getsockopt(zmq.LAST_ENDPOINT));
b.send("one", zmq.SNDMORE);
b.send(null, zmq.SNDMORE);
b.send("three");
deepEqual([a.recv_str(), a.recv_str(), a.recv_str()], ["one", "", "three"], "the parts arrive in order");
equal(a.getsockopt(zmq.RCVMORE), 0, "and no more");
a.close();
b.close();
context.term();
plan();
