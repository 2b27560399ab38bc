import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
throws(
  () => socket.setsockopt(zmq.LINGER, -2),
  { name: "Error", code: "EINVAL", errno: zmq.EINVAL },
  "LINGER of -2",
);
throws(() => socket.setsockopt(zmq.SNDHWM, -1), { code: "EINVAL" }, "SNDHWM of -1");
throws(() => socket.setsockopt(zmq.IMMEDIATE, 2), { code: "EINVAL" }, "IMMEDIATE of 2");
socket.close();
plan();
