import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair();
equal(a.send("x", zmq.SNDMORE), 1, "the first part");
equal(b.recv(zmq.DONTWAIT), undefined, "does not arrive alone");
equal(a.send("yy", zmq.SNDMORE | zmq.DONTWAIT), 2, "the second part");
equal(a.send("zzz"), 3, "the last part");
equal(b.recv_str(), "x", "the first part arrives");
equal(b.getsockopt(zmq.RCVMORE), 1, "with more");
equal(b.recv_str(), "yy", "the second part arrives");
equal(b.getsockopt(zmq.RCVMORE), 1, "with more");
equal(b.recv_str(), "zzz", "the last part arrives");
equal(b.getsockopt(zmq.RCVMORE), 0, "without more");
close();
plan();
