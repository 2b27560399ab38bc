import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b } = pair();
const poller = new zmq.Poller();
poller.add(a, zmq.POLLIN);
equal(poller.poll(), null, "POLLIN: nothing is there");
poller.modify(a, zmq.POLLOUT);
equal(poller.poll().events, zmq.POLLOUT, "POLLOUT: it can send");
poller.modify(a, zmq.POLLIN | zmq.POLLOUT);
b.send("x");
equal(poller.wait(1000).events, zmq.POLLIN | zmq.POLLOUT, "both at once");
plan();
