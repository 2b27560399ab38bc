import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const types = [
  "PAIR",
  "PUB",
  "SUB",
  "REQ",
  "REP",
  "DEALER",
  "ROUTER",
  "PULL",
  "PUSH",
  "XPUB",
  "XSUB",
  "STREAM",
];
types.forEach((name) => {
  const socket = context.socket(zmq[name]);
  equal(socket.getsockopt(zmq.TYPE), zmq[name], name);
  socket.close();
});
context.term();
plan();
