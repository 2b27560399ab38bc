import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
socket.setsockopt(zmq.RCVTIMEO, 0);
equal(socket.recv(undefined), undefined, "undefined is no flags");
equal(socket.recv(null), undefined, "null is no flags");
throws(() => socket.recv("1"), { name: "TypeError", message: "Socket.recv(flags?): flags must be a 32-bit integer, not a string" }, "a string is refused");
throws(() => socket.recv({}), { name: "TypeError" }, "an object is refused");
plan();
