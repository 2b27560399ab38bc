import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b } = pair();
a.send("abc");
equal(b.recv_into(new Uint8Array(0)), 3, "the result is the size of the message");
a.send(null);
equal(b.recv_into(new Uint8Array(1)), 0, "the size of an empty message");
plan();
