import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
const poller = new zmq.Poller();
equal(poller.size(), 0, "a new poller is empty");
poller.add(a, zmq.POLLIN);
equal(poller.size(), 1, "one socket");
poller.add(b, zmq.POLLIN);
equal(poller.size(), 2, "two sockets");
poller.remove(a);
equal(poller.size(), 1, "one was removed");
plan();
