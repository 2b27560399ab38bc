import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const pull = context.socket(zmq.PULL);
const push = context.socket(zmq.PUSH);
const poller = new zmq.Poller();
pull.setsockopt(zmq.CONFLATE, 1);
push.setsockopt(zmq.CONFLATE, 1);
pull.bind("inproc://conflate");
push.connect("inproc://conflate");
for (let i = 0; i < 10; i++) {
  push.send(i);
}
poller.add(pull, zmq.POLLIN);
poller.wait(1000);
equal(pull.recv_int(), 9, "the last");
equal(pull.recv(zmq.DONTWAIT), undefined, "no other");
plan();
