import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b, close } = pair();
equal(a.send("a", undefined), 1, "undefined");
equal(a.send("b", null), 1, "null");
equal(a.send("c", 0), 1, "0");
equal(a.send("d", zmq.DONTWAIT), 1, "DONTWAIT");
throws(
  () => a.send("e", "1"),
  { name: "TypeError", message: /^Socket\.send\(data, flags\?\): flags must be / },
  "a string",
);
throws(() => a.send("e", {}), { name: "TypeError" }, "an object");
const received = [1, 2, 3, 4].map(() => b.recv_str()).join("");
equal(received, "abcd", "all that was sent arrives");
equal(b.recv(zmq.DONTWAIT), undefined, "nothing else does");
close();
plan();
