import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PULL);
socket.setsockopt(zmq.RCVTIMEO, 10);
socket.bind("inproc://x");
equal(socket.recv(), undefined, "a time-out throws nothing");
plan();
