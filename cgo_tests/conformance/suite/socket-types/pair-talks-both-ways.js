import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b } = pair();
a.send("to b");
b.send("to a");
equal(b.recv_str(), "to b", "one way");
equal(a.recv_str(), "to a", "the other way");
plan();
