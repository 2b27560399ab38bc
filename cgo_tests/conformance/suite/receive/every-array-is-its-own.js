import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, plan } from "../tap.js";

const { a, b, close } = pair();
a.send("abc");
a.send("abc");
const one = b.recv();
const other = b.recv();
one[0] = 0;
bytes(other, [97, 98, 99], "a change in one does not show in another");
close();
plan();
