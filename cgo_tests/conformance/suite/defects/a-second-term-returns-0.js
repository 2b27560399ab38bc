import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
equal(context.term(), 0, "term()");
equal(context.term(), 0, "again");
throws(() => context.socket(zmq.PAIR), { name: "Error", code: "EFAULT", message: "Bad address (socket: the context has ended)" }, "socket() throws");
throws(() => context.get(zmq.IO_THREADS), { name: "Error", code: "EFAULT" }, "get() throws");
plan();
