import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b } = pair();
const buffer = new Uint8Array(5);
a.send("abc");
equal(b.recv_into(buffer, 2), 3, "the message's size");
bytes(buffer, [0, 0, 97, 98, 99], "two bytes later");
a.send("xyz");
equal(b.recv_into(buffer, 5), 3, "at the end there is no room");
bytes(buffer, [0, 0, 97, 98, 99], "nothing is written");
plan();
