import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair();
equal(a.send(null), 0, "send(null) returns 0");
bytes(b.recv(), [], "an empty message arrives");
close();
plan();
