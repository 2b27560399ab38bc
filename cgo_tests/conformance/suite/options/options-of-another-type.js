import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
throws(() => socket.setsockopt(zmq.SUBSCRIBE, "x"), { name: "Error", code: "EINVAL" }, "SUBSCRIBE of a PAIR");
throws(
  () => socket.setsockopt(zmq.ROUTER_MANDATORY, 1),
  { name: "Error", code: "EINVAL" },
  "ROUTER_MANDATORY of a PAIR",
);
throws(
  () => socket.setsockopt(zmq.REQ_RELAXED, 1),
  { name: "Error", code: "EINVAL" },
  "REQ_RELAXED of a PAIR",
);
socket.close();
plan();
