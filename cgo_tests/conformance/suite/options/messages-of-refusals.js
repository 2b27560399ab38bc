import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
const unknown =
  "option 999 is unknown: read it by getsockopt_int, getsockopt_bigint, getsockopt_str or getsockopt_uint8ffarray";
throws(
  () => socket.setsockopt(zmq.TYPE, 1),
  { code: "EINVAL", message: "Invalid argument (setsockopt: TYPE is read-only)" },
  "a read-only option",
);
throws(
  () => socket.getsockopt(zmq.SUBSCRIBE),
  { code: "EINVAL", message: "Invalid argument (getsockopt: SUBSCRIBE is write-only)" },
  "a write-only option",
);
throws(
  () => socket.setsockopt(zmq.IPV6, 7),
  { code: "EINVAL", message: "Invalid argument (setsockopt IPV6 = 7; it takes 0 or 1)" },
  "a value out of range",
);
throws(
  () => socket.getsockopt_int(zmq.MAXMSGSIZE),
  { name: "TypeError", message: /MAXMSGSIZE is a 64-bit integer: read it by getsockopt_bigint$/ },
  "the getter of another type",
);
throws(
  () => socket.getsockopt(999),
  { name: "TypeError", message: "Socket.getsockopt(option_name): " + unknown },
  "an unknown option",
);
throws(
  () => socket.setsockopt(zmq.LINGER, 2 ** 31),
  { name: "RangeError", message: /LINGER must be a 32-bit integer, not 2147483648$/ },
  "a number that does not fit",
);
socket.close();
plan();
