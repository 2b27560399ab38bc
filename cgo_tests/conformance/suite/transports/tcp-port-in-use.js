import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PULL);
const b = context.socket(zmq.PULL);
a.bind("tcp://127.0.0.1:*");
const endpoint = a.getsockopt(zmq.LAST_ENDPOINT);
throws(
  () => b.bind(endpoint),
  {
    name: "Error",
    code: "EADDRINUSE",
    errno: zmq.EADDRINUSE,
    endpoint,
    message: "Address already in use (bind " + endpoint + ")",
  },
  "bind() to a port in use",
);
a.close();
b.close();
context.term();
plan();
