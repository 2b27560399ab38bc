import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PULL);
throws(
  () => socket.unbind("tcp://127.0.0.1:9"),
  { name: "Error", code: "ENOENT", errno: zmq.ENOENT, endpoint: "tcp://127.0.0.1:9" },
  "an endpoint that is not bound",
);
throws(() => socket.unbind("nonsense"), { code: "EINVAL", endpoint: "nonsense" }, "not an endpoint");
throws(
  () => socket.unbind(),
  { name: "TypeError", message: "Socket.unbind(endpoint): endpoint must be a string, not undefined" },
  "nothing",
);
plan();
