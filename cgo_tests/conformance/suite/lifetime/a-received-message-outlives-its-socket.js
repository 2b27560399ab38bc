import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { context, a, b } = pair();
const large = new Uint8Array(1000000);
large[999999] = 7;
a.send(large);
const received = b.recv();
a.close();
b.close();
context.term();
equal(received.length, 1000000, "its size");
equal(received[999999], 7, "its content");
plan();
