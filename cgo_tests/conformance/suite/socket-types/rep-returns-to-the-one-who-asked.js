import * as zmq from "zmq";
import { deepEqual, plan } from "../tap.js";

const context = new zmq.Context();
const rep = context.socket(zmq.REP);
rep.bind("inproc://rep");
const reqs = [0, 1, 2].map((i) => {
  const req = context.socket(zmq.REQ);
  req.connect("inproc://rep");
  req.send(i);
  return req;
});
for (let i = 0; i < 3; i++) {
  rep.send(10 * rep.recv_int());
}
deepEqual(reqs.map((req) => req.recv_int()), [0, 10, 20], "each has its own answer");
plan();
