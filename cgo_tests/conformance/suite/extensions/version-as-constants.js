import * as zmq from "zmq";
import { deepEqual, equal, plan } from "../tap.js";

const version = zmq.version();
deepEqual([zmq.VERSION_MAJOR, zmq.VERSION_MINOR, zmq.VERSION_PATCH], version, "its parts");
equal(zmq.VERSION, version[0] * 10000 + version[1] * 100 + version[2], "as one number");
plan();
