import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const router = context.socket(zmq.ROUTER);
const req = context.socket(zmq.REQ);
req.setsockopt(zmq.ROUTING_ID, "asker");
router.bind("inproc://router");
req.connect("inproc://router");
req.send("question");
equal(router.recv_str(), "asker", "the routing id");
equal(router.recv().length, 0, "an empty part");
equal(router.recv_str(), "question", "the question");
router.send("asker", zmq.SNDMORE);
router.send(null, zmq.SNDMORE);
router.send("answer");
equal(req.recv_str(), "answer", "the answer");
plan();
