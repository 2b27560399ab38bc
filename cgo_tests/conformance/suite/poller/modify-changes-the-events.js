import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://modify");
b.connect("inproc://modify");
const poller = new zmq.Poller();
poller.add(a, zmq.POLLIN);
equal(poller.poll(), null, "POLLIN: nothing is there");
poller.modify(a, zmq.POLLOUT);
equal(poller.poll().events, zmq.POLLOUT, "POLLOUT: it can send");
poller.modify(a, zmq.POLLIN | zmq.POLLOUT);
b.send("x");
equal(poller.wait(1000).events, zmq.POLLIN | zmq.POLLOUT, "both at once");
plan();
