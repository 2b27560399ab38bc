import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PUSH);
socket.setsockopt(zmq.LINGER, 0);
socket.connect("tcp://127.0.0.1:1");
for (let i = 0; i < 10; i++) {
  socket.send("never arrives");
}
socket.close();
equal(context.term(), 0, "term()");
plan();
