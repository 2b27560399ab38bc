import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.DEALER);
const prefix = "Socket.setsockopt(option_name, option_value): ";
throws(
  () => socket.setsockopt(zmq.LINGER, "5"),
  { name: "TypeError", message: prefix + "LINGER must be a 32-bit integer, not a string" },
  "a string for a number",
);
throws(
  () => socket.setsockopt(zmq.LINGER, null),
  { name: "TypeError", message: /LINGER/ },
  "null for a number",
);
throws(
  () => socket.setsockopt(zmq.LINGER, new Uint8Array(4)),
  { name: "TypeError", message: /LINGER/ },
  "bytes for a number",
);
throws(
  () => socket.setsockopt(zmq.CURVE_SERVERKEY, 5),
  { name: "TypeError", message: /CURVE_SERVERKEY/ },
  "a number for a key",
);
throws(
  () => socket.setsockopt(zmq.PLAIN_USERNAME, 5),
  { name: "TypeError", message: /PLAIN_USERNAME/ },
  "a number for a string",
);
throws(
  () => socket.setsockopt(zmq.MAXMSGSIZE, "5"),
  { name: "TypeError", message: /MAXMSGSIZE/ },
  "a string for a 64-bit number",
);
socket.close();
plan();
