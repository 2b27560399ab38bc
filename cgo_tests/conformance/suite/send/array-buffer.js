import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair();
equal(a.send(new Uint8Array([7, 8, 9]).buffer), 3, "the number of bytes");
bytes(b.recv(), [7, 8, 9], "the bytes");
equal(a.send(new ArrayBuffer(0)), 0, "an empty one");
bytes(b.recv(), [], "is an empty message");
close();
plan();
