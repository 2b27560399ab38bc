import * as zmq from "zmq";
import { deepEqual, equal, plan } from "../tap.js";

const context = new zmq.Context();
const pull = context.socket(zmq.PULL);
pull.setsockopt(zmq.RCVTIMEO, 5000);
equal(pull.bind("inproc://one"), 0, "one endpoint");
equal(pull.bind("inproc://two"), 0, "another one");
const received = [];
["inproc://one", "inproc://two"].forEach((endpoint) => {
  const push = context.socket(zmq.PUSH);
  push.connect(endpoint);
  push.send(endpoint);
  received.push(pull.recv_str());
  push.close();
});
deepEqual(received, ["inproc://one", "inproc://two"], "messages come from both");
pull.close();
context.term();
plan();
