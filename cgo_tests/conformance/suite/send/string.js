import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair();
equal(a.send("hello"), 5, "the number of bytes");
bytes(b.recv(), [104, 101, 108, 108, 111], "ASCII");
equal(a.send(""), 0, "an empty string");
bytes(b.recv(), [], "is an empty message");
close();
plan();
