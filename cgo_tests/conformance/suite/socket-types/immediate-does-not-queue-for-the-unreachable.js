import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const push = new zmq.Context().socket(zmq.PUSH);
push.setsockopt(zmq.IMMEDIATE, 1);
push.setsockopt(zmq.LINGER, 0);
push.connect("tcp://127.0.0.1:1");
equal(push.send("x", zmq.DONTWAIT), undefined, "with IMMEDIATE");
const other = new zmq.Context().socket(zmq.PUSH);
other.setsockopt(zmq.LINGER, 0);
other.connect("tcp://127.0.0.1:1");
equal(other.send("x", zmq.DONTWAIT), 1, "without it the message waits");
plan();
