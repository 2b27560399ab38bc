import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
["TYPE", "FD", "EVENTS", "RCVMORE"].forEach((name) => {
  throws(() => socket.setsockopt(zmq[name], 1), { name: "Error", code: "EINVAL" }, name);
});
socket.close();
plan();
