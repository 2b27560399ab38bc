import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
equal(socket.last_endpoint, "", "before bind()");
socket.bind("tcp://127.0.0.1:*");
ok(/^tcp:\/\/127\.0\.0\.1:[0-9]+$/.test(socket.last_endpoint), "after it");
equal(socket.last_endpoint, socket.getsockopt(zmq.LAST_ENDPOINT), "the same as the option");
plan();
