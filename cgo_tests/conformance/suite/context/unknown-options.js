import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
throws(() => context.get(9999), { name: "Error", code: "EINVAL", errno: zmq.EINVAL }, "get()");
throws(() => context.set(9999, 1), { name: "Error", code: "EINVAL", errno: zmq.EINVAL }, "set()");
throws(() => context.set(zmq.IO_THREADS, -1), { code: "EINVAL" }, "a value out of range");
plan();
