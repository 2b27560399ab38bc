import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair(zmq.XPUB, zmq.SUB, (socket) => {
  socket.setsockopt(zmq.SNDHWM, 2);
  socket.setsockopt(zmq.RCVHWM, 2);
});
b.setsockopt(zmq.SUBSCRIBE, "");
a.recv();
let sent = 0;
for (let i = 0; i < 100; i++) {
  sent += a.send("x");
}
equal(sent, 100, "every send() succeeds");
let received = 0;
while (b.recv(zmq.DONTWAIT) !== undefined) {
  received++;
}
equal(received, 4, "messages beyond the queues are dropped");
close();
plan();
