import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLIN);
const start = Date.now();
equal(poller.wait(30), null, "wait()");
equal(poller.wait_all(5, 30), null, "wait_all()");
ok(Date.now() - start >= 55, "both have waited");
plan();
