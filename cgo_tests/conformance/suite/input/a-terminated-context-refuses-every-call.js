import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
context.term();
throws(() => context.socket(zmq.PAIR), { name: "Error", code: "EFAULT" }, "socket()");
throws(() => context.set(zmq.IO_THREADS, 1), { name: "Error", code: "EFAULT" }, "set()");
throws(() => context.get(zmq.IO_THREADS), { name: "Error", code: "EFAULT" }, "get()");
throws(() => context.shutdown(), { name: "Error", code: "EFAULT" }, "shutdown()");
equal(context.term(), 0, "term() returns 0");
plan();
