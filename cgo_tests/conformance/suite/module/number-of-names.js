import * as zmq from "zmq";
import { deepEqual, ok, plan } from "../tap.js";

const constants = Object.keys(zmq).filter((name) => typeof zmq[name] === "number");
ok(constants.length >= 224, "there are at least 224 constants");
const others = Object.keys(zmq).filter((name) => typeof zmq[name] !== "number");
deepEqual(
  others.sort(),
  [
    "Authenticator",
    "Context",
    "Monitor",
    "Poller",
    "Socket",
    "curve_keypair",
    "curve_public",
    "has",
    "load_certificate",
    "proxy",
    "save_certificate",
    "version",
    "z85_decode",
    "z85_encode",
  ],
  "the rest are functions and classes",
);
plan();
