import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
a.bind("inproc://taken");
throws(() => context.socket(zmq.PAIR).bind("inproc://taken"), { name: "Error", code: "EADDRINUSE", errno: zmq.EADDRINUSE, endpoint: "inproc://taken", message: "Address already in use (bind inproc://taken)" }, "inproc");
a.bind("tcp://127.0.0.1:*");
throws(() => context.socket(zmq.PAIR).bind(a.last_endpoint), { code: "EADDRINUSE" }, "tcp");
plan();
