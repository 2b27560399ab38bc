import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
for (let i = 0; i < 300; i++) {
  const socket = context.socket(zmq.PAIR);
  socket.bind("inproc://" + i);
  socket.close();
}
equal(context.socket(zmq.PAIR).bind("inproc://last"), 0, "300 sockets were opened and closed");
plan();
