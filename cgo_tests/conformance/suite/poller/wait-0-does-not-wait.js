import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLIN);
equal(poller.wait(0), null, "wait(0)");
equal(poller.wait_all(1, 0), null, "wait_all(1, 0)");
plan();
