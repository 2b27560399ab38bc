import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
throws(() => socket.bind("foo://bar"), { name: "Error", code: "EPROTONOSUPPORT", errno: zmq.EPROTONOSUPPORT, endpoint: "foo://bar" }, "bind");
plan();
