import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUSH);
throws(() => socket.close(-2), { name: "Error", code: "EINVAL" }, "close(-2)");
equal(socket.closed, false, "it is open");
throws(() => socket.close("0"), { name: "TypeError", message: "Socket.close(linger?): linger must be a 32-bit integer, not a string" }, "a string");
equal(socket.closed, false, "it is open still");
equal(socket.close(null), 0, "null is no linger");
plan();
