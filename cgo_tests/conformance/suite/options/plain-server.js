import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
equal(socket.getsockopt(zmq.PLAIN_SERVER), 0, "off");
equal(socket.setsockopt(zmq.PLAIN_SERVER, 1), 0, "setsockopt()");
equal(socket.getsockopt(zmq.PLAIN_SERVER), 1, "on");
equal(socket.getsockopt(zmq.MECHANISM), zmq.PLAIN, "the mechanism is PLAIN");
socket.close();
plan();
