import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const one = zmq.Context.shared("name");
const two = zmq.Context.shared("name");
const pull = one.socket(zmq.PULL);
const push = two.socket(zmq.PUSH);
pull.bind("inproc://here");
push.connect("inproc://here");
equal(one.closed, false, "closed");
equal(one.term(), 0, "term() leaves while sockets are open");
equal(one.term(), 0, "a second one does nothing");
equal(one.closed, true, "closed is true then");
equal(two.closed, false, "of the one that has left");
throws(() => one.socket(zmq.PULL), { code: "EFAULT" }, "socket()");
throws(() => one.set(zmq.IO_THREADS, 1), { code: "EFAULT" }, "set()");
throws(() => one.get(zmq.IO_THREADS), { code: "EFAULT" }, "get()");
throws(() => one.shutdown(), { code: "EFAULT" }, "shutdown()");
push.send("text");
equal(pull.recv_str(), "text", "the sockets still work");
const poller = new zmq.Poller();
poller.add(pull, zmq.POLLIN);
push.send("more");
equal(poller.wait(-1).socket, pull, "in a poller too");
equal(pull.recv_str(), "more", "the message");
const monitor = pull.monitor();
monitor.close();
pull.close();
equal(two.term(), 0, "the last one leaves");
push.close();
equal(zmq.Context.shared("name").socket(zmq.PULL).bind("inproc://here"), 0, "the next context is a new one");
throws(
  () => zmq.Context.shared("name").shutdown(),
  { code: "EPERM", errno: 1, message: /term\(\) leaves it/ },
  "shutdown() would affect every member",
);
plan();
