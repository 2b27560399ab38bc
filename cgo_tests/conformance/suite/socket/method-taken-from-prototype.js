import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair();
equal(zmq.Socket.prototype.send.call(a, "x"), 1, "call()");
equal(zmq.Socket.prototype.recv_str.apply(b, []), "x", "apply()");
const send = a.send.bind(a);
equal(send("yy"), 2, "bind()");
equal(b.recv_str(), "yy", "arrives");
close();
plan();
