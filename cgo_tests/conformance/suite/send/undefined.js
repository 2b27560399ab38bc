import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b, close } = pair();
throws(
  () => a.send(),
  {
    name: "TypeError",
    message:
      "Socket.send(data, flags?): data must be null, a boolean, number, bigint, string or bytes, not undefined",
  },
  "send()",
);
throws(() => a.send(undefined), { name: "TypeError" }, "send(undefined)");
equal(b.recv(zmq.DONTWAIT), undefined, "nothing was sent");
close();
plan();
