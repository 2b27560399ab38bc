import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b } = pair();
const shorter = ["a", "b", "c"];
Object.defineProperty(shorter, 0, { get() { shorter.length = 1; return "a"; } , configurable: true });
throws(() => a.send_multipart(shorter), { name: "TypeError", message: /parts\[1\] must be .*, not undefined$/ }, "shorter: what is missing is undefined");
const longer = ["a", "b"];
Object.defineProperty(longer, 0, { get() { longer.push("c", "d"); return "a"; } });
equal(a.send_multipart(longer), 2, "longer: the parts are as many as there were");
equal(b.recv_multipart().length, 2, "two arrive");
plan();
