import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const a = new zmq.Context().socket(zmq.PAIR);
const b = new zmq.Context().socket(zmq.PAIR);
a.bind("inproc://same");
equal(b.bind("inproc://same"), 0, "another context has names of its own");
a.setsockopt(zmq.SNDTIMEO, 0);
equal(a.send("x"), undefined, "and no connection goes across");
plan();
