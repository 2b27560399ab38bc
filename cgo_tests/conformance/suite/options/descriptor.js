import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
const descriptor = socket.getsockopt(zmq.FD);
ok(Number.isInteger(descriptor) && descriptor > 2, "a descriptor");
equal(socket.getsockopt_int(zmq.FD), descriptor, "the same every time");
socket.close();
plan();
