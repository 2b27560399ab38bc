import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b } = pair();
a.send("abc");
equal(b.recv_into(new Uint8Array(0)), 3, "the size is told");
a.send(null);
equal(b.recv_into(new Uint8Array(1)), 0, "so is that of an empty message");
plan();
