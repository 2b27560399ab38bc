import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const push = context.socket(zmq.PUSH);
const pull = context.socket(zmq.PULL);
push.setsockopt(zmq.SNDHWM, 1);
pull.setsockopt(zmq.RCVHWM, 1);
pull.bind("inproc://hwm");
push.connect("inproc://hwm");
let sent = 0;
while (push.send_multipart(["a", "b", "c"], zmq.DONTWAIT) === 3) {
  sent++;
}
equal(sent, 2, "messages count, not parts");
for (let i = 0; i < sent; i++) {
  equal(pull.recv_multipart().length, 3, "message " + i + " has all its parts");
}
plan();
