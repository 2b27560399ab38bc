import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PULL);
const other = context.socket(zmq.PULL);
socket.bind("tcp://127.0.0.1:*");
const endpoint = socket.getsockopt(zmq.LAST_ENDPOINT);
throws(() => other.bind(endpoint), { code: "EADDRINUSE" }, "the address is in use");
equal(socket.unbind(endpoint), 0, "unbind() returns 0");
let bound;
for (let i = 0; i < 200 && bound !== 0; i++) {
  const poller = new zmq.Poller();
  poller.add(other, zmq.POLLIN);
  poller.wait(10);
  try {
    bound = other.bind(endpoint);
  } catch (e) {
    bound = e.code;
  }
}
equal(bound, 0, "the address is free again");
socket.close();
other.close();
context.term();
plan();
