import * as zmq from "zmq";
import { deepEqual, equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://event");
b.connect("inproc://event");
const poller = new zmq.Poller();
poller.add(a, zmq.POLLIN, "data");
b.send("x");
const event = poller.wait(1000);
deepEqual(Object.keys(event), ["socket", "user_data", "events"], "in this order");
equal(event.socket, a, "socket is the very object");
equal(event.user_data, "data", "user_data");
equal(event.events, zmq.POLLIN, "events");
plan();
