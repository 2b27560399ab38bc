import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

class Parts extends Array {}
const { a, b } = pair();
equal(a.send_multipart(Parts.from(["a", "b"])), 2, "is an array");
equal(b.recv_multipart().length, 2, "of parts");
plan();
