import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUSH);
throws(
  () => socket.disconnect("inproc://never"),
  { name: "Error", code: "ENOENT" },
  "what was not connected",
);
throws(
  () => socket.disconnect(5),
  { name: "TypeError", message: "Socket.disconnect(endpoint): endpoint must be a string, not a number" },
  "a number",
);
plan();
