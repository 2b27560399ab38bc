import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair();
equal(a.send("a\0b"), 3, "a NUL within counts");
bytes(b.recv(), [97, 0, 98], "and is sent");
equal(a.send("\0"), 1, "a lone NUL");
bytes(b.recv(), [0], "is one byte");
close();
plan();
