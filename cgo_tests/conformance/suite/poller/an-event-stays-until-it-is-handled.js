import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, ok, plan } from "../tap.js";

const { a, b } = pair();
const poller = new zmq.Poller();
poller.add(a, zmq.POLLIN);
b.send("x");
ok(poller.wait(1000) !== null, "the first time");
ok(poller.wait(0) !== null, "the second time");
a.recv();
equal(poller.wait(0), null, "no more after recv()");
plan();
