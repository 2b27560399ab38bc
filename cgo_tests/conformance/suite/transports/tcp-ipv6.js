import * as zmq from "zmq";
import { exchange } from "../exchange.js";
import { ok, plan } from "../tap.js";

exchange(
  "tcp://[::1]:*",
  (endpoint) => ok(/^tcp:\/\/\[::1\]:[1-9][0-9]*$/.test(endpoint), "a port was chosen"),
  (socket) => socket.setsockopt(zmq.IPV6, 1)
);
plan();
