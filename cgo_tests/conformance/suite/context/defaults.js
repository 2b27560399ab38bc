import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const context = new zmq.Context();
equal(context.get(zmq.IO_THREADS), zmq.IO_THREADS_DFLT, "IO_THREADS");
equal(context.get(zmq.MAX_SOCKETS), zmq.MAX_SOCKETS_DFLT, "MAX_SOCKETS");
equal(context.get(zmq.MAX_MSGSZ), 2147483647, "MAX_MSGSZ");
equal(context.get(zmq.IPV6), 0, "IPV6");
ok(context.get(zmq.SOCKET_LIMIT) > 0, "SOCKET_LIMIT");
plan();
