import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://events");
equal(a.events, 0, "nothing without a peer");
b.connect("inproc://events");
equal(a.events, zmq.POLLOUT, "sending with one");
b.send("x");
equal(a.events, zmq.POLLIN | zmq.POLLOUT, "receiving too, when a message is there");
plan();
