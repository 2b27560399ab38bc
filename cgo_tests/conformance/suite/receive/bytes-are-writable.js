import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, plan } from "../tap.js";

const { a, b, close } = pair();
a.send("abc");
const got = b.recv();
got[0] = 7;
bytes(got, [7, 98, 99], "an element can be set");
a.send(got);
bytes(b.recv(), [7, 98, 99], "and sent back");
close();
plan();
