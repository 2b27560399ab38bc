import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
for (const name of ["PAIR", "PUB", "REQ", "STREAM"]) {
  const socket = context.socket(zmq[name]);
  equal(socket.type, zmq[name], name);
  socket.close();
  equal(socket.type, zmq[name], name + ", closed");
}
plan();
