import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair();
equal(b.getsockopt(zmq.EVENTS), zmq.POLLOUT, "ready to send");
a.send("x");
equal(b.getsockopt(zmq.EVENTS), zmq.POLLIN | zmq.POLLOUT, "and to receive");
b.recv();
equal(b.getsockopt(zmq.EVENTS), zmq.POLLOUT, "no more");
close();
plan();
