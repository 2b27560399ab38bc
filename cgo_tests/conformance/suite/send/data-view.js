import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair();
const buffer = new Uint8Array([1, 2, 3, 4]).buffer;
equal(a.send(new DataView(buffer)), 4, "all of the buffer");
bytes(b.recv(), [1, 2, 3, 4], "the bytes");
equal(a.send(new DataView(buffer, 1, 2)), 2, "a part of the buffer");
bytes(b.recv(), [2, 3], "the bytes of the part");
close();
plan();
