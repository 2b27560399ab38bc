import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = (() => new zmq.Context().socket(zmq.PAIR))();
for (let i = 0; i < 20000; i++) {
  ({ garbage: [i] });
}
equal(socket.bind("inproc://kept"), 0, "nothing else refers to the context");
plan();
