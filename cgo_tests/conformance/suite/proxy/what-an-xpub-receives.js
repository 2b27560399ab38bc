import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

// libzmq's reference count is too low for a message that an XSUB has sent to several XPUBs.
const context = new zmq.Context();
function socket(type, method, ...endpoints) {
  const made = context.socket(type);
  made.setsockopt(zmq.LINGER, 0);
  made.setsockopt(zmq.RCVTIMEO, 5000);
  endpoints.forEach((endpoint) => made[method](endpoint));
  return made;
}
const frontend = socket(zmq.XPUB, "bind", "inproc://one");
const other = socket(zmq.XPUB, "bind", "inproc://other");
const sender = socket(zmq.XSUB, "connect", "inproc://one", "inproc://other");
const backend = socket(zmq.XSUB, "bind", "inproc://backend");
const receivers = [0, 1].map(() => socket(zmq.XPUB, "connect", "inproc://backend"));
const capture = socket(zmq.PUSH, "bind", "inproc://capture");
const captured = socket(zmq.PULL, "connect", "inproc://capture");
const control = socket(zmq.PAIR, "bind", "inproc://control");
const steering = socket(zmq.PAIR, "connect", "inproc://control");

const everyone = [captured, other, ...receivers];
let right = 0;
for (let round = 0; round < 20; round++) {
  const text = String(round % 10).repeat(300);
  sender.send(text);
  steering.send("TERMINATE");
  zmq.proxy(frontend, backend, capture, control);
  receivers.forEach((each) => each.events); // processes the arrivals, and releases the message
  right += everyone.filter((each) => each.recv_str() === text).length;
}
equal(right, 20 * everyone.length, "each message, at each that gets it");
[frontend, sender, backend, capture, control, steering, ...everyone].forEach((each) => each.close());
context.term();
plan();
