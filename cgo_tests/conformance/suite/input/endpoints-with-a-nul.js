import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
for (const name of ["bind", "unbind", "connect", "disconnect", "monitor"]) {
  throws(() => socket[name]("inproc://a\0b"), { name: "TypeError", message: /endpoint must not contain a NUL/ }, name);
}
equal(socket.last_endpoint, "", "nothing was bound");
plan();
