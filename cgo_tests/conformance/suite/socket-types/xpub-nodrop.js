import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair(zmq.XPUB, zmq.SUB, (socket) => {
  socket.setsockopt(zmq.SNDHWM, 2);
  socket.setsockopt(zmq.RCVHWM, 2);
});
a.setsockopt(zmq.XPUB_NODROP, 1);
b.setsockopt(zmq.SUBSCRIBE, "");
a.recv();
let sent = 0;
while (sent < 100 && a.send("x", zmq.DONTWAIT) === 1) {
  sent++;
}
equal(sent, 4, "send() gives undefined once both queues are full");
let received = 0;
while (b.recv(zmq.DONTWAIT) !== undefined) {
  received++;
}
equal(received, sent, "everything that was sent arrives");
close();
plan();
