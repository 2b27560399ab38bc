import { pair } from "../pairs.js";
import { bytes, plan } from "../tap.js";

const { a, b } = pair();
a.send(new Uint8Array([1, 2, 3]));
bytes(b.recv(), [1, 2, 3], "Uint8Array");
a.send(new Uint8Array([1, 2, 3]).buffer);
bytes(b.recv(), [1, 2, 3], "ArrayBuffer");
plan();
