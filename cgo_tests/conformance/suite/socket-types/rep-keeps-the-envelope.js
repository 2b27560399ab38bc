import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair(zmq.REP, zmq.DEALER);
b.send("address", zmq.SNDMORE);
b.send(null, zmq.SNDMORE);
b.send("question");
equal(a.recv_str(), "question", "the REP sees only what follows the delimiter");
a.send("answer");
equal(b.recv_str(), "address", "its answer carries the address");
equal(b.recv_str(), "", "the delimiter");
equal(b.recv_str(), "answer", "and the answer");
close();
plan();
