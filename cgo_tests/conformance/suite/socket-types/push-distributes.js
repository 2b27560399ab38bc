import * as zmq from "zmq";
import { deepEqual, plan } from "../tap.js";

const context = new zmq.Context();
const push = context.socket(zmq.PUSH);
push.bind("inproc://push");
const pulls = [0, 1, 2].map(() => {
  const pull = context.socket(zmq.PULL);
  pull.connect("inproc://push");
  return pull;
});
for (let i = 0; i < 9; i++) {
  push.send(i);
}
const counts = pulls.map((pull) => {
  let count = 0;
  while (pull.recv_int(zmq.DONTWAIT) !== undefined) {
    count++;
  }
  return count;
});
deepEqual(counts, [3, 3, 3], "in turns");
plan();
