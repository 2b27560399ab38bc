import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair();
const poller = new zmq.Poller();
poller.add(b, zmq.POLLIN | zmq.POLLOUT);
equal(poller.poll().events, zmq.POLLOUT, "ready to send");
a.send("x");
equal(poller.wait(1000).events, zmq.POLLIN | zmq.POLLOUT, "and to receive, in one event");
b.recv();
equal(poller.poll().events, zmq.POLLOUT, "only to send again");
close();
plan();
