import * as zmq from "zmq";
import { deepEqual, ok, plan } from "../tap.js";

const constants = Object.keys(zmq).filter((name) => typeof zmq[name] === "number");
ok(constants.length >= 224, "there are at least 224 constants");
const others = Object.keys(zmq).filter((name) => typeof zmq[name] !== "number");
deepEqual(
  others.sort(),
  ["Context", "Poller", "Socket", "has", "version"],
  "the rest are functions and classes",
);
plan();
