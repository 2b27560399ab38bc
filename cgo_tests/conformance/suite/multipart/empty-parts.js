import { pair } from "../pairs.js";
import { deepEqual, equal, plan } from "../tap.js";

const { a, b } = pair();
equal(a.send_multipart(["", null, new Uint8Array(0)]), 0, "the size of empty parts is 0");
deepEqual(b.recv_multipart().map((part) => part.length), [0, 0, 0], "empty parts arrive");
plan();
