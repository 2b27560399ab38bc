import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PAIR);
const long = "x".repeat(10000);
equal(socket.bind("inproc://" + long), 0, "inproc takes 10,000 characters");
equal(socket.last_endpoint, "inproc://" + long, "last_endpoint returns them");
throws(() => socket.bind("ipc://" + long), { name: "Error", code: "ENAMETOOLONG", endpoint: "ipc://" + long }, "ipc refuses a long path");
throws(() => socket.bind("tcp://" + long), { name: "Error", code: "EINVAL" }, "tcp refuses a long address");
throws(() => socket.bind(long), { name: "Error", code: "EINVAL" }, "a long text without a transport");
plan();
