import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair();
a.send("abc");
const got = b.recv();
bytes(got, [97, 98, 99], "the bytes");
equal(got.length, 3, "the length");
equal(got[2], 99, "an element");
equal(got[3], undefined, "nothing behind the last one");
close();
plan();
