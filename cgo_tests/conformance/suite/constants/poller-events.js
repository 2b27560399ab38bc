import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

equal(zmq.POLLIN, 1, "POLLIN");
equal(zmq.POLLOUT, 2, "POLLOUT");
equal(zmq.POLLERR, 4, "POLLERR");
equal(zmq.POLLPRI, 8, "POLLPRI");
plan();
