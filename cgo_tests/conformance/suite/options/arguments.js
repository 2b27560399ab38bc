import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
throws(
  () => socket.setsockopt(),
  { name: "TypeError", message: /^Socket\.setsockopt\(option_name, option_value\): option_name must be / },
  "setsockopt() of nothing",
);
throws(
  () => socket.setsockopt("LINGER", 0),
  { name: "TypeError", message: /option_name must be / },
  "a name as a string",
);
throws(
  () => socket.setsockopt(zmq.LINGER),
  { name: "TypeError", message: /^Socket\.setsockopt\(option_name, option_value\): / },
  "no value",
);
throws(() => socket.setsockopt(zmq.LINGER, {}), { name: "TypeError" }, "an object");
throws(() => socket.setsockopt(zmq.LINGER, [5]), { name: "TypeError" }, "an array");
throws(
  () => socket.getsockopt(),
  { name: "TypeError", message: /^Socket\.getsockopt\(option_name\): option_name must be / },
  "getsockopt() of nothing",
);
throws(
  () => socket.getsockopt_int("TYPE"),
  { name: "TypeError", message: /^Socket\.getsockopt_int\(option_name\): option_name must be / },
  "getsockopt_int() of a string",
);
throws(
  () => socket.getsockopt_str({}),
  { name: "TypeError", message: /^Socket\.getsockopt_str\(option_name\): / },
  "getsockopt_str() of an object",
);
socket.close();
plan();
