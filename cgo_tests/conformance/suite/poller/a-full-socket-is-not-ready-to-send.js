import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const push = context.socket(zmq.PUSH);
const poller = new zmq.Poller();
poller.add(push, zmq.POLLOUT);
equal(poller.poll(), null, "without a peer");
const pull = context.socket(zmq.PULL);
pull.bind("inproc://full");
push.connect("inproc://full");
equal(poller.wait(1000).events, zmq.POLLOUT, "with one");
plan();
