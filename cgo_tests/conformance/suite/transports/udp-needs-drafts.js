import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
throws(
  () => socket.bind("udp://127.0.0.1:*"),
  { name: "Error", code: "ENOCOMPATPROTO", errno: zmq.ENOCOMPATPROTO },
  "bind() of a PAIR",
);
plan();
