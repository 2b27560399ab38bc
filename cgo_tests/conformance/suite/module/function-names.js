import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

equal(zmq.version.name, "version", "the name of version");
equal(zmq.has.name, "has", "the name of has");
equal(zmq.version.length, 0, "the length of version");
equal(zmq.has.length, 1, "the length of has");
plan();
