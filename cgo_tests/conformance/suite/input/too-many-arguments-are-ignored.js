import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context("extra", {});
const a = context.socket(zmq.PAIR, 1, 2);
const b = context.socket(zmq.PAIR);
equal(a.bind("inproc://x", {}), 0, "bind");
equal(b.connect("inproc://x", () => 1), 0, "connect");
equal(a.send("x", 0, Symbol("x")), 1, "send");
equal(b.recv_str(0, {}), "x", "recv_str");
const poller = new zmq.Poller(1, 2, 3);
equal(poller.size({}), 0, "size");
equal(poller.poll(5), null, "poll");
equal(zmq.version(1, 2).length, 3, "version");
equal(zmq.has("ipc", {}), zmq.has("ipc"), "has");
plan();
