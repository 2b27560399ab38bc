import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const poller = new zmq.Poller();
poller.add(new zmq.Context().socket(zmq.PUB), zmq.POLLOUT);
equal(poller.wait_all(1000000000, 0).length, 1, "wait_all(1e9, 0)");
plan();
