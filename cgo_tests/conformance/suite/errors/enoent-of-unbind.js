import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
throws(() => socket.unbind("tcp://127.0.0.1:5555"), { name: "Error", code: "ENOENT", endpoint: "tcp://127.0.0.1:5555" }, "unbind");
throws(() => socket.disconnect("tcp://127.0.0.1:5555"), { name: "Error", code: "ENOENT" }, "disconnect");
throws(() => socket.unbind("inproc://nothing"), { name: "Error", code: "ENOENT" }, "inproc");
plan();
