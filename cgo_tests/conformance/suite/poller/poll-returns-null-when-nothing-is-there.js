import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLIN);
equal(poller.poll(), null, "poll()");
equal(poller.poll_all(5), null, "poll_all()");
plan();
