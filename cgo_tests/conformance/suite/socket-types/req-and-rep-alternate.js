import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const rep = context.socket(zmq.REP);
const req = context.socket(zmq.REQ);
rep.bind("inproc://reqrep");
req.connect("inproc://reqrep");
for (let i = 0; i < 3; i++) {
  req.send("question " + i);
  equal(rep.recv_str(), "question " + i, "question " + i);
  rep.send("answer " + i);
  equal(req.recv_str(), "answer " + i, "answer " + i);
}
plan();
