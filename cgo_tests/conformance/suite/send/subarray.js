import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair();
const all = new Uint8Array([1, 2, 3, 4, 5]);
equal(a.send(all.subarray(1, 3)), 2, "the size of the part");
bytes(b.recv(), [2, 3], "only the part");
equal(a.send(all.subarray(5)), 0, "an empty part");
bytes(b.recv(), [], "is an empty message");
equal(a.send(new Uint16Array(new ArrayBuffer(8), 2, 2)), 4, "of wider elements");
bytes(b.recv(), [0, 0, 0, 0], "in bytes");
close();
plan();
