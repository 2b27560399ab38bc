import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
equal(socket.fd, socket.getsockopt(zmq.FD), "the same as the option");
ok(Number.isInteger(socket.fd) && socket.fd > 2, "a descriptor");
plan();
