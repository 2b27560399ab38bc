import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair();
a.send("abc");
bytes(b.recv_uint8ffarray(), [97, 98, 99], "the same as recv()");
a.send(null);
bytes(b.recv_uint8ffarray(), [], "an empty message");
equal(b.recv_uint8ffarray(zmq.DONTWAIT), undefined, "nothing there");
close();
plan();
