import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

equal(zmq.HAUSNUMERO, 156384712, "HAUSNUMERO");
equal(zmq.EFSM, 156384763, "EFSM");
equal(zmq.ENOCOMPATPROTO, 156384764, "ENOCOMPATPROTO");
equal(zmq.ETERM, 156384765, "ETERM");
equal(zmq.EMTHREAD, 156384766, "EMTHREAD");
plan();
