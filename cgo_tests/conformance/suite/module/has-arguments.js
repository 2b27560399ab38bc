import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

throws(() => zmq.has(), { name: "TypeError", message: /^has\(capability\): / }, "a missing capability");
throws(
  () => zmq.has(1),
  { name: "TypeError", message: /^has\(capability\): capability must be a string, not a number/ },
  "a number",
);
throws(() => zmq.has(null), { name: "TypeError" }, "null");
equal(zmq.has("ipc", "too many"), zmq.has("ipc"), "more arguments are ignored");
plan();
