import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PAIR);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLIN);
throws(() => context.set(zmq.IO_THREADS, -1), { name: "Error", code: "EINVAL" }, "set(IO_THREADS, -1)");
throws(() => context.get(-1), { name: "Error", code: "EINVAL" }, "get(-1)");
throws(() => socket.getsockopt_int(-1), { name: "Error", code: "EINVAL" }, "getsockopt_int(-1)");
throws(() => socket.setsockopt(2147483647, 1), { name: "Error", code: "EINVAL" }, "setsockopt(2147483647)");
throws(() => socket.setsockopt(zmq.LINGER, 2147483648), { name: "RangeError" }, "setsockopt(LINGER, 2 ** 31)");
equal(poller.wait_all(2147483647, 0), null, "wait_all(2147483647, 0)");
plan();
