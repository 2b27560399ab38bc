import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair();
a.send("text", zmq.SNDMORE);
a.send(5, zmq.SNDMORE);
a.send(6n, zmq.SNDMORE);
a.send(null);
equal(b.recv_str(), "text", "a string");
equal(b.recv_int(), 5, "a number");
equal(b.recv_bigint(), 6n, "a bigint");
equal(b.getsockopt(zmq.RCVMORE), 1, "one more");
bytes(b.recv(), [], "an empty one");
equal(b.getsockopt(zmq.RCVMORE), 0, "none left");
close();
plan();
