import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

equal(zmq.XREQ, zmq.DEALER, "XREQ");
equal(zmq.XREP, zmq.ROUTER, "XREP");
equal(zmq.IDENTITY, zmq.ROUTING_ID, "IDENTITY");
equal(zmq.DELAY_ATTACH_ON_CONNECT, zmq.IMMEDIATE, "DELAY_ATTACH_ON_CONNECT");
equal(zmq.FAIL_UNROUTABLE, zmq.ROUTER_MANDATORY, "FAIL_UNROUTABLE");
equal(zmq.CONNECT_RID, zmq.CONNECT_ROUTING_ID, "CONNECT_RID");
plan();
