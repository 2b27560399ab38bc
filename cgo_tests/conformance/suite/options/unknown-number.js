import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
throws(
  () => socket.getsockopt(9999),
  { name: "TypeError", message: /getsockopt_int/ },
  "getsockopt() names the typed getters",
);
throws(
  () => socket.getsockopt_int(9999),
  { name: "Error", code: "EINVAL", errno: zmq.EINVAL },
  "getsockopt_int() asks libzmq",
);
throws(() => socket.getsockopt_str(9999), { name: "Error", code: "EINVAL" }, "getsockopt_str() throws");
throws(
  () => socket.setsockopt(9999, 1),
  { name: "Error", code: "EINVAL", errno: zmq.EINVAL },
  "and setsockopt()",
);
socket.close();
plan();
