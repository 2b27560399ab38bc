import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const one = new zmq.Context();
const other = new zmq.Context();
const a = one.socket(zmq.PULL);
const b = other.socket(zmq.PUSH);
a.setsockopt(zmq.RCVTIMEO, 5000);
a.bind("tcp://127.0.0.1:*");
b.connect(a.getsockopt(zmq.LAST_ENDPOINT));
b.send("x");
equal(a.recv_str(), "x", "a message passes");
a.close();
b.close();
one.term();
other.term();
plan();
