import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const one = zmq.Context.shared("name");
const two = zmq.Context.shared("name");
equal(one.set(zmq.IO_THREADS, 2), 0, "set()");
equal(two.get(zmq.IO_THREADS), 2, "get()");
equal(two.set(zmq.IO_THREADS, 2), 0, "the value that it has");
throws(
  () => two.set(zmq.IO_THREADS, 3),
  {
    name: "Error",
    code: "EBUSY",
    message: /in the shared context "name" IO_THREADS is 2, and cannot become 3/,
  },
  "another one",
);
throws(() => two.set(zmq.MAX_SOCKETS, -1), { code: "EINVAL" }, "a wrong one");
equal(two.set(zmq.MAX_SOCKETS, 30), 0, "an option that no member has set");
one.socket(zmq.PULL).close();
throws(() => two.set(zmq.MAX_MSGSZ, 5000), { code: "EBUSY" }, "after the first socket");
equal(two.set(zmq.MAX_SOCKETS, 30), 0, "the value that it has");
plan();
