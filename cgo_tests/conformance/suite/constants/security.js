import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

equal(zmq.NULL, 0, "NULL");
equal(zmq.PLAIN, 1, "PLAIN");
equal(zmq.CURVE, 2, "CURVE");
equal(zmq.MECHANISM, 43, "MECHANISM");
equal(zmq.CURVE_SERVERKEY, 50, "CURVE_SERVERKEY");
equal(zmq.GSSAPI, 3, "GSSAPI");
plan();
