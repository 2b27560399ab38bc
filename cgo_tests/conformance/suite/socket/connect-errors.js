import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUSH);
throws(
  () => socket.connect("foo://x"),
  {
    name: "Error",
    code: "EPROTONOSUPPORT",
    endpoint: "foo://x",
    message: "Protocol not supported (connect foo://x)",
  },
  "an unknown transport",
);
throws(() => socket.connect("tcp://127.0.0.1"), { code: "EINVAL", errno: zmq.EINVAL }, "no port");
throws(
  () => socket.connect(),
  { name: "TypeError", message: "Socket.connect(endpoint): endpoint must be a string, not undefined" },
  "nothing",
);
throws(
  () => socket.connect("inproc://a\0b"),
  { name: "TypeError", message: /^Socket\.connect\(endpoint\): endpoint must not contain a NUL/ },
  "a NUL",
);
plan();
