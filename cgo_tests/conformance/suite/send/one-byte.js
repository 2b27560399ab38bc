import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair();
equal(a.send(new Uint8Array([200])), 1, "one byte");
bytes(b.recv(), [200], "arrives");
equal(a.send("x"), 1, "a string of one");
equal(b.recv_str(), "x", "arrives too");
close();
plan();
