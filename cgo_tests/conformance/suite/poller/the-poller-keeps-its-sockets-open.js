import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const poller = new zmq.Poller();
const push = context.socket(zmq.PUSH);
(function () {
  const pull = context.socket(zmq.PULL);
  pull.bind("inproc://kept");
  poller.add(pull, zmq.POLLIN);
})();
push.connect("inproc://kept");
for (let i = 0; i < 20000; i++) {
  ({ garbage: [i] });
}
push.send("x");
equal(poller.wait(1000).socket.recv_str(), "x", "a socket that nothing else refers to");
plan();
