import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair(zmq.ROUTER, zmq.REQ);
b.setsockopt(zmq.REQ_CORRELATE, 1);
b.send("question");
a.recv();
equal(a.recv().length, 4, "a request number precedes");
equal(a.recv().length, 0, "the delimiter");
equal(a.recv_str(), "question", "and the question");
close();
plan();
