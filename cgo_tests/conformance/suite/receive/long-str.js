import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, ok, plan } from "../tap.js";

const { a, b, close } = pair();
const text = "\u20acx".repeat(100000);
equal(a.send(text), 400000, "the number of bytes");
ok(b.recv_str() === text, "arrives");
const ascii = "y".repeat(300000);
a.send(ascii);
ok(b.recv_str() === ascii, "ASCII arrives");
close();
plan();
