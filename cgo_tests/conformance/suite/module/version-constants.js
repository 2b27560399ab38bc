import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const version = zmq.version();
equal(zmq.VERSION_MAJOR, version[0], "VERSION_MAJOR");
equal(zmq.VERSION_MINOR, version[1], "VERSION_MINOR");
equal(zmq.VERSION_PATCH, version[2], "VERSION_PATCH");
equal(zmq.VERSION, version[0] * 10000 + version[1] * 100 + version[2], "VERSION");
plan();
