import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const pull = new zmq.Context().socket(zmq.PULL);
pull.bind("inproc://pull");
pull.setsockopt(zmq.RCVTIMEO, 0);
equal(pull.recv(), undefined, "recv()");
plan();
