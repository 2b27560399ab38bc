import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.REP);
throws(() => socket.monitor("tcp://127.0.0.1:5555"), { code: "EPROTONOSUPPORT", endpoint: "tcp://127.0.0.1:5555" }, "tcp");
throws(() => socket.monitor(""), { code: "EINVAL" }, "an empty endpoint");
throws(() => socket.monitor("inproc://a\0b"), { name: "TypeError", message: /NUL/ }, "a NUL");
plan();
