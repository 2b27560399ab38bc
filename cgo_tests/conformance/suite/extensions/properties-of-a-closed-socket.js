import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
socket.close();
for (const name of ["last_endpoint", "fd", "events"]) {
  throws(() => socket[name], { name: "Error", code: "ENOTSOCK" }, name);
}
plan();
