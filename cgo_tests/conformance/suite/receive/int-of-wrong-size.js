import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b, close } = pair();
a.send("abc");
throws(
  () => b.recv_int(),
  {
    name: "TypeError",
    message: "Socket.recv_int(flags?): a 32-bit integer of 4 bytes was asked for, but the message has 3 bytes. It is lost",
  },
  "3 bytes",
);
a.send(1n);
throws(() => b.recv_int(), { name: "TypeError", message: /8 bytes/ }, "8 bytes");
a.send(null);
throws(() => b.recv_int(), { name: "TypeError", message: /0 bytes/ }, "an empty message");
equal(b.recv_int(zmq.DONTWAIT), undefined, "the messages are lost");
close();
plan();
