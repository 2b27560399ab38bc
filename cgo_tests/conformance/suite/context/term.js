import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
equal(context.term(), 0, "term() returns 0");
equal(context.term(), 0, "a second term() returns 0");
throws(
  () => context.socket(zmq.PAIR),
  { name: "Error", code: "EFAULT", errno: zmq.EFAULT, message: "Bad address (socket: the context has ended)" },
  "socket()",
);
throws(() => context.get(zmq.BLOCKY), { code: "EFAULT" }, "get()");
throws(() => context.set(zmq.BLOCKY, 1), { code: "EFAULT" }, "set()");
plan();
