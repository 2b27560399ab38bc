import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PAIR);
const long = "x".repeat(10000);
equal(socket.bind("inproc://" + long), 0, "inproc takes 10,000 characters");
equal(socket.last_endpoint, "inproc://" + long, "and tells them");
throws(() => socket.bind("ipc://" + long), { name: "Error", code: "ENAMETOOLONG", endpoint: "ipc://" + long }, "ipc does not");
throws(() => socket.bind("tcp://" + long), { name: "Error", code: "EINVAL" }, "nor does tcp");
throws(() => socket.bind(long), { name: "Error", code: "EINVAL" }, "nor is it a transport");
plan();
