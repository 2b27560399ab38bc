import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b } = pair();
equal(a.send("x", 1024), 1, "libzmq ignores flags that it does not know");
equal(b.recv_str(zmq.DONTWAIT | 1024), "x", "in both directions");
plan();
