import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PULL);
throws(
  () => socket.bind("foo://x"),
  {
    name: "Error",
    code: "EPROTONOSUPPORT",
    errno: zmq.EPROTONOSUPPORT,
    endpoint: "foo://x",
    message: "Protocol not supported (bind foo://x)",
  },
  "an unknown transport",
);
throws(
  () => socket.bind("nonsense"),
  { name: "Error", code: "EINVAL", endpoint: "nonsense", message: "Invalid argument (bind nonsense; it needs a transport, as tcp://127.0.0.1:5555 has)" },
  "no endpoint",
);
throws(() => socket.bind(""), { code: "EINVAL", endpoint: "" }, "the empty string");
throws(
  () => socket.bind("tcp://192.0.2.1:1"),
  { code: "EADDRNOTAVAIL", errno: zmq.EADDRNOTAVAIL },
  "an address of another machine",
);
plan();
