import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair();
equal(b.getsockopt(zmq.RCVMORE), 0, "nothing yet");
a.send("x", zmq.SNDMORE);
a.send("y");
b.recv();
equal(b.getsockopt(zmq.RCVMORE), 1, "a part remains");
equal(b.getsockopt_int(zmq.RCVMORE), 1, "as an int");
b.recv();
equal(b.getsockopt(zmq.RCVMORE), 0, "none remains");
close();
plan();
