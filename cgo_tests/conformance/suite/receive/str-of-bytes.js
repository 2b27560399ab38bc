import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair();
a.send(new Uint8Array([0xe2, 0x82, 0xac]));
equal(b.recv_str(), "\u20ac", "bytes of UTF-8");
a.send(65);
equal(b.recv_str(), "A\0\0\0", "a number");
close();
plan();
