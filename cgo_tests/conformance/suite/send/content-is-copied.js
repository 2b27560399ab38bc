import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair();
const data = new Uint8Array([1, 2, 3]);
a.send(data);
data[0] = 99;
bytes(b.recv(), [1, 2, 3], "a later change does not matter");
const large = new Uint8Array(100000);
a.send(large);
large[50000] = 1;
equal(b.recv()[50000], 0, "a later change is not in a large message");
close();
plan();
