import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { b, close } = pair();
const poller = new zmq.Poller();
poller.add(b, zmq.POLLIN);
equal(poller.wait_all(5, 10), null, "wait_all()");
equal(poller.wait_all(5, 0), null, "wait_all() with a timeout of 0");
equal(poller.poll_all(5), null, "poll_all()");
close();
plan();
