import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
[a, b].forEach((socket) => {
  socket.setsockopt(zmq.LINGER, 0);
  socket.setsockopt(zmq.RCVTIMEO, 5000);
});
equal(a.bind("inproc://name"), 0, "bind()");
const endpoint = a.getsockopt(zmq.LAST_ENDPOINT);
equal(endpoint, "inproc://name", "the endpoint");
equal(b.connect(endpoint), 0, "connect()");
equal(b.send("there"), 5, "send()");
equal(a.recv_str(), "there", "arrives");
equal(a.send("and back"), 8, "send() in the other direction");
equal(b.recv_str(), "and back", "arrives too");
a.close();
b.close();
context.term();
plan();
