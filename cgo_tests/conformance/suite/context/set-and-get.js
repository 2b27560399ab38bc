import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
equal(context.set(zmq.MAX_SOCKETS, 50), 0, "set() returns 0");
equal(context.get(zmq.MAX_SOCKETS), 50, "get() gives what was set");
equal(context.set(zmq.IO_THREADS, 2), 0, "set() of IO_THREADS");
equal(context.get(zmq.IO_THREADS), 2, "IO_THREADS");
equal(context.set(zmq.BLOCKY, 0), 0, "set() of BLOCKY");
equal(context.get(zmq.BLOCKY), 0, "BLOCKY");
equal(context.set(zmq.MAX_MSGSZ, 1000), 0, "set() of MAX_MSGSZ");
equal(context.get(zmq.MAX_MSGSZ), 1000, "MAX_MSGSZ");
plan();
