import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const rep = context.socket(zmq.REP);
const req = context.socket(zmq.REQ);
req.setsockopt(zmq.REQ_RELAXED, 1);
req.setsockopt(zmq.REQ_CORRELATE, 1);
req.setsockopt(zmq.RCVTIMEO, 5000);
rep.bind("tcp://127.0.0.1:*");
req.connect(rep.getsockopt(zmq.LAST_ENDPOINT));
req.send("one");
equal(rep.recv_str(), "one", "the first question");
rep.send("late");
req.send("two");
equal(rep.recv_str(), "two", "the second question");
rep.send("in time");
equal(req.recv_str(), "in time", "only the answer to the second is taken");
plan();
