import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b } = pair();
const buffer = new Uint8Array(5);
a.send("abc");
equal(b.recv_into(buffer), 3, "the message's size");
bytes(buffer, [97, 98, 99, 0, 0], "the rest is unchanged");
plan();
