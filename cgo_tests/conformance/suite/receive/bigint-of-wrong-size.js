import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b, close } = pair();
a.send(1);
throws(
  () => b.recv_bigint(),
  {
    name: "TypeError",
    message: "Socket.recv_bigint(flags?): a 64-bit integer of 8 bytes was asked for, but the message has 4 bytes. It is lost",
  },
  "4 bytes",
);
a.send("123456789");
throws(() => b.recv_bigint(), { name: "TypeError", message: /9 bytes/ }, "9 bytes");
equal(b.recv_bigint(zmq.DONTWAIT), undefined, "the messages are lost");
close();
plan();
