import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

equal(zmq.AFFINITY, 4, "AFFINITY");
equal(zmq.ROUTING_ID, 5, "ROUTING_ID");
equal(zmq.SUBSCRIBE, 6, "SUBSCRIBE");
equal(zmq.UNSUBSCRIBE, 7, "UNSUBSCRIBE");
equal(zmq.RCVMORE, 13, "RCVMORE");
equal(zmq.FD, 14, "FD");
equal(zmq.EVENTS, 15, "EVENTS");
equal(zmq.TYPE, 16, "TYPE");
equal(zmq.LINGER, 17, "LINGER");
equal(zmq.MAXMSGSIZE, 22, "MAXMSGSIZE");
equal(zmq.SNDHWM, 23, "SNDHWM");
equal(zmq.RCVHWM, 24, "RCVHWM");
equal(zmq.RCVTIMEO, 27, "RCVTIMEO");
equal(zmq.SNDTIMEO, 28, "SNDTIMEO");
equal(zmq.LAST_ENDPOINT, 32, "LAST_ENDPOINT");
plan();
