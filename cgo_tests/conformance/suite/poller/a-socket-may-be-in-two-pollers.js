import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b } = pair();
const first = new zmq.Poller();
const second = new zmq.Poller();
first.add(a, zmq.POLLIN, 1);
second.add(a, zmq.POLLIN, 2);
b.send("x");
equal(first.wait(1000).user_data, 1, "the first sees the event");
equal(second.wait(1000).user_data, 2, "the second sees the event");
first.remove(a);
equal(second.size(), 1, "removing it from one leaves the other alone");
plan();
