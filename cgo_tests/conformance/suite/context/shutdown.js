import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { context, a, b } = pair();
equal(context.shutdown(), 0, "shutdown() returns 0");
throws(
  () => a.send("x"),
  { name: "Error", code: "ETERM", errno: zmq.ETERM, message: "Context was terminated" },
  "send()",
);
throws(() => b.recv(), { code: "ETERM" }, "recv()");
throws(() => context.socket(zmq.PAIR), { code: "ETERM" }, "socket()");
equal(context.shutdown(), 0, "a second shutdown() returns 0");
equal(a.close(), 0, "the sockets can be closed");
equal(b.close(), 0, "both");
equal(context.term(), 0, "and the context ended");
plan();
