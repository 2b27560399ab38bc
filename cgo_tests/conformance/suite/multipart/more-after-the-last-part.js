import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b } = pair();
a.send_multipart(["a", "b"], zmq.SNDMORE);
equal(b.recv_multipart(zmq.DONTWAIT), undefined, "SNDMORE holds the message back");
a.send("c");
equal(b.recv_multipart().length, 3, "until its last part");
plan();
