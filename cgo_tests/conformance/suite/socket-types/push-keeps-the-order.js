import * as zmq from "zmq";
import { ok, plan } from "../tap.js";

const context = new zmq.Context();
const pull = context.socket(zmq.PULL);
const push = context.socket(zmq.PUSH);
pull.bind("tcp://127.0.0.1:*");
push.connect(pull.getsockopt(zmq.LAST_ENDPOINT));
for (let i = 0; i < 500; i++) {
  push.send(i);
}
let inOrder = true;
for (let i = 0; i < 500; i++) {
  inOrder = pull.recv_int() === i && inOrder;
}
ok(inOrder, "500 messages over tcp");
plan();
