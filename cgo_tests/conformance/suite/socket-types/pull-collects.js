import * as zmq from "zmq";
import { deepEqual, plan } from "../tap.js";

const context = new zmq.Context();
const pull = context.socket(zmq.PULL);
pull.bind("inproc://pull");
for (let i = 0; i < 3; i++) {
  const push = context.socket(zmq.PUSH);
  push.connect("inproc://pull");
  push.send(i);
}
const seen = [pull.recv_int(), pull.recv_int(), pull.recv_int()].sort();
deepEqual(seen, [0, 1, 2], "from every peer");
plan();
