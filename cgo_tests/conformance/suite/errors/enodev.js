import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
throws(() => socket.bind("tcp://no-such-device-0:5555"), { name: "Error", code: "ENODEV", endpoint: "tcp://no-such-device-0:5555" }, "an interface that does not exist");
plan();
