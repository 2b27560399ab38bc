import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b } = pair();
a.send_multipart(["x"]);
equal(b.recv_str(), "x", "is an ordinary message");
equal(b.getsockopt(zmq.RCVMORE), 0, "with nothing after it");
a.send("y");
equal(b.recv_multipart().length, 1, "and an ordinary message is one part");
plan();
