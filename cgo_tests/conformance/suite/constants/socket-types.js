import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

equal(zmq.PAIR, 0, "PAIR");
equal(zmq.PUB, 1, "PUB");
equal(zmq.SUB, 2, "SUB");
equal(zmq.REQ, 3, "REQ");
equal(zmq.REP, 4, "REP");
equal(zmq.DEALER, 5, "DEALER");
equal(zmq.ROUTER, 6, "ROUTER");
equal(zmq.PULL, 7, "PULL");
equal(zmq.PUSH, 8, "PUSH");
equal(zmq.XPUB, 9, "XPUB");
equal(zmq.XSUB, 10, "XSUB");
equal(zmq.STREAM, 11, "STREAM");
plan();
