import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
context.set(zmq.MAX_SOCKETS, 1);
const socket = context.socket(zmq.PAIR);
throws(
  () => context.socket(zmq.PAIR),
  { name: "Error", code: "EMFILE", errno: zmq.EMFILE },
  "one socket too many",
);
socket.close();
context.term();
plan();
