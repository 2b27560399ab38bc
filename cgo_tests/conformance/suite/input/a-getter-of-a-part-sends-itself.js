import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://x");
b.connect("inproc://x");
const parts = ["outer", "b"];
Object.defineProperty(parts, 1, { get() { a.send_multipart(["inner", "b"]); return "b"; } });
a.send_multipart(parts);
equal(b.recv_str(), "inner", "the inner message goes first");
b.recv();
equal(b.recv_str(), "outer", "both are whole");
plan();
