import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PULL);
equal(context.shutdown(), 0, "shutdown() returns 0");
throws(() => socket.recv(), { name: "Error", code: "ETERM", errno: zmq.ETERM, message: "Context was terminated" }, "recv()");
throws(() => socket.getsockopt(zmq.EVENTS), { code: "ETERM" }, "getsockopt()");
throws(() => socket.bind("inproc://x"), { code: "ETERM" }, "bind()");
equal(socket.close(), 0, "close() works");
equal(context.term(), 0, "term() returns 0");
plan();
