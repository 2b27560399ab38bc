import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair();
equal(a.send(true), 4, "true has 4 bytes");
bytes(b.recv(), [1, 0, 0, 0], "true is 1");
equal(a.send(false), 4, "false has 4 bytes");
equal(b.recv_int(), 0, "false is 0");
close();
plan();
