import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
for (const endpoint of ["", "tcp", "tcp:/", "tcp://", "tcp://127.0.0.1", "tcp://127.0.0.1:port"]) {
  throws(() => socket.bind(endpoint), { name: "Error", code: "EINVAL", message: "Invalid argument (bind " + endpoint + ")" }, "bind " + endpoint);
}
plan();
