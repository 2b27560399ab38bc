import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";
import { sockets } from "../sockets.js";

const s = sockets();
const gather = s.make(zmq.GATHER);
const scatter = s.make(zmq.SCATTER);
gather.setsockopt(zmq.RCVHWM, 1);
scatter.setsockopt(zmq.SNDHWM, 1);
gather.bind("inproc://full");
scatter.connect("inproc://full");
let sent = 0;
while (scatter.send(sent, zmq.DONTWAIT) !== undefined) {
  sent++;
}
ok(sent > 0, "some messages have room");
equal(scatter.events, 0, "events has no POLLOUT");
scatter.setsockopt(zmq.SNDTIMEO, 10);
equal(scatter.send(-1), undefined, "then a send waits in vain");
for (let i = 0; i < sent; i++) {
  equal(gather.recv_int(), i, "message " + i);
}
scatter.setsockopt(zmq.SNDTIMEO, 5000);
equal(scatter.send(-2), 4, "and has room afterwards");
equal(gather.recv_int(), -2, "it arrives");
s.close();
plan();
