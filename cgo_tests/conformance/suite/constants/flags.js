import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

equal(zmq.DONTWAIT, 1, "DONTWAIT");
equal(zmq.SNDMORE, 2, "SNDMORE");
equal(zmq.MORE, 1, "MORE");
equal(zmq.SHARED, 3, "SHARED");
equal(zmq.NOBLOCK, 1, "NOBLOCK");
plan();
