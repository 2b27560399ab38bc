import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const push = context.socket(zmq.PUSH);
const pull = context.socket(zmq.PULL);
push.setsockopt(zmq.SNDHWM, 2);
pull.setsockopt(zmq.RCVHWM, 3);
pull.bind("inproc://hwm");
push.connect("inproc://hwm");
let sent = 0;
while (push.send("x", zmq.DONTWAIT) !== undefined) {
  sent++;
}
equal(sent, 5, "over inproc both marks count together");
pull.recv();
pull.recv();
pull.recv();
push.getsockopt(zmq.EVENTS); // processes the disconnection at once
equal(push.send("y", zmq.DONTWAIT), 1, "there is room after some were received");
plan();
