import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { context, a, b } = pair();
a.send("still there");
a.close();
equal(b.recv_str(), "still there", "a closed peer's message arrives");
b.close();
equal(context.term(), 0, "term()");
plan();
