import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
[a, b].forEach((socket) => {
  socket.setsockopt(zmq.LINGER, 0);
  socket.setsockopt(zmq.RCVTIMEO, 5000);
  socket.setsockopt(zmq.IPV6, 1);
});
equal(a.bind("tcp://[::1]:*"), 0, "bind()");
const endpoint = a.getsockopt(zmq.LAST_ENDPOINT);
ok(/^tcp:\/\/\[::1\]:[1-9][0-9]*$/.test(endpoint), "a port was chosen");
equal(b.connect(endpoint), 0, "connect()");
equal(b.send("there"), 5, "send()");
equal(a.recv_str(), "there", "arrives");
equal(a.send("and back"), 8, "send() in the other direction");
equal(b.recv_str(), "and back", "arrives too");
a.close();
b.close();
context.term();
plan();
