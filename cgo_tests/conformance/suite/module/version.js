import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const version = zmq.version();
ok(Array.isArray(version), "version() is an Array");
equal(version.length, 3, "of three elements");
ok(
  version.every((part) => Number.isInteger(part) && part >= 0),
  "that are natural numbers",
);
equal(version[0], 4, "the major version is 4");
ok(zmq.version() !== version, "every call gives an Array of its own");
plan();
