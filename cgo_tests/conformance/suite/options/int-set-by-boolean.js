import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
equal(socket.setsockopt(zmq.IMMEDIATE, true), 0, "true");
equal(socket.getsockopt(zmq.IMMEDIATE), 1, "is 1");
equal(socket.setsockopt(zmq.IMMEDIATE, false), 0, "false");
equal(socket.getsockopt(zmq.IMMEDIATE), 0, "is 0");
socket.close();
plan();
