import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const poller = new zmq.Poller();
const pull = [];
const push = context.socket(zmq.PUSH);
for (let i = 0; i < 100; i++) {
  const socket = context.socket(zmq.PULL);
  socket.bind("inproc://" + i);
  push.connect("inproc://" + i);
  poller.add(socket, zmq.POLLIN, i);
  pull.push(socket);
}
for (let i = 0; i < 100; i++) {
  push.send(i);
}
const seen = new Set();
for (let i = 0; i < 100; i++) {
  const event = poller.wait(1000);
  seen.add(event.user_data);
  event.socket.recv();
}
equal(seen.size, 100, "each is reported");
equal(poller.poll(), null, "then none");
plan();
