import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
const methods = [
  "bind",
  "unbind",
  "connect",
  "disconnect",
  "send",
  "recv",
  "recv_int",
  "recv_bigint",
  "recv_str",
  "recv_uint8ffarray",
  "getsockopt",
  "getsockopt_int",
  "getsockopt_bigint",
  "getsockopt_str",
  "getsockopt_uint8ffarray",
  "setsockopt",
  "close",
];
methods.forEach((name) => {
  [
    ["an object", {}],
    ["undefined", undefined],
    ["a Context", context],
  ].forEach((entry) => {
    throws(
      () => zmq.Socket.prototype[name].call(entry[1], "x", 1),
      { name: "TypeError", message: /^Socket\..*: this is not a Socket$/ },
      name + "() of " + entry[0],
    );
  });
});
plan();
