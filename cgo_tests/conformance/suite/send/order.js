import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, ok, plan } from "../tap.js";

const { a, b, close } = pair();
for (let i = 0; i < 100; i++) {
  a.send(i);
}
const received = [];
for (let i = 0; i < 100; i++) {
  received.push(b.recv_int());
}
ok(
  received.every((value, i) => value === i),
  "messages arrive in order",
);
equal(b.recv(zmq.DONTWAIT), undefined, "each once");
close();
plan();
