import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

equal(zmq.IO_THREADS, 1, "IO_THREADS");
equal(zmq.MAX_SOCKETS, 2, "MAX_SOCKETS");
equal(zmq.SOCKET_LIMIT, 3, "SOCKET_LIMIT");
equal(zmq.MAX_MSGSZ, 5, "MAX_MSGSZ");
equal(zmq.MSG_T_SIZE, 6, "MSG_T_SIZE");
equal(zmq.BLOCKY, 70, "BLOCKY");
equal(zmq.IPV6, 42, "IPV6");
plan();
