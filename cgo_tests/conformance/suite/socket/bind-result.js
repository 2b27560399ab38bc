import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
equal(socket.bind("inproc://here"), 0, "bind() returns 0");
equal(socket.getsockopt(zmq.LAST_ENDPOINT), "inproc://here", "the endpoint is bound");
socket.close();
plan();
