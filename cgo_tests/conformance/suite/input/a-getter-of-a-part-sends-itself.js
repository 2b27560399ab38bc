import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b } = pair();
const parts = ["outer", "b"];
Object.defineProperty(parts, 1, { get() { a.send_multipart(["inner", "b"]); return "b"; } });
a.send_multipart(parts);
equal(b.recv_str(), "inner", "the inner message goes first");
b.recv();
equal(b.recv_str(), "outer", "both are whole");
plan();
