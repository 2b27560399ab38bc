import * as zmq from "zmq";
import { deepEqual, equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://parts");
b.connect("inproc://parts");
equal(a.send_multipart(["", null, new Uint8Array(0)]), 0, "have no size");
deepEqual(b.recv_multipart().map((part) => part.length), [0, 0, 0], "but arrive");
plan();
