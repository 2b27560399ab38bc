import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const names = [
  "EAGAIN",
  "EFAULT",
  "EINTR",
  "EINVAL",
  "EADDRINUSE",
  "EPROTONOSUPPORT",
  "ENOTSOCK",
  "EHOSTUNREACH",
];
names.forEach((name) => ok(Number.isInteger(zmq[name]) && zmq[name] > 0, name + " is a positive integer"));
equal(new Set(names.map((name) => zmq[name])).size, names.length, "they differ");
plan();
