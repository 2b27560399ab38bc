import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
socket.setsockopt(zmq.LINGER, 5);
equal(socket.getsockopt_int(zmq.LINGER), 5, "LINGER");
equal(socket.getsockopt_int(zmq.TYPE), zmq.PAIR, "TYPE");
socket.setsockopt(zmq.LINGER, -1);
equal(socket.getsockopt_int(zmq.LINGER), -1, "a negative number");
socket.close();
plan();
