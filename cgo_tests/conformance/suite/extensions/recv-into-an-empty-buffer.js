import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://into");
b.connect("inproc://into");
a.send("abc");
equal(b.recv_into(new Uint8Array(0)), 3, "the size is told");
a.send(null);
equal(b.recv_into(new Uint8Array(1)), 0, "so is that of an empty message");
plan();
