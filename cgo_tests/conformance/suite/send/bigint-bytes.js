import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, plan } from "../tap.js";

const { a, b, close } = pair();
a.send(0x0102030405060708n);
bytes(b.recv(), [8, 7, 6, 5, 4, 3, 2, 1], "the bytes in the machine's order");
a.send(-2n);
bytes(b.recv(), [254, 255, 255, 255, 255, 255, 255, 255], "two's complement");
close();
plan();
