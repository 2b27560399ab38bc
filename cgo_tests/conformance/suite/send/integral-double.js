import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair();
equal(a.send(1.5 + 1.5), 4, "1.5 + 1.5 has 4 bytes");
equal(b.recv_int(), 3, "and is 3");
equal(a.send(-0), 4, "-0 has 4 bytes");
equal(b.recv_int(), 0, "and is 0");
close();
plan();
