import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const router = context.socket(zmq.ROUTER);
router.bind("inproc://router");
const dealers = ["a", "b"].map((name) => {
  const dealer = context.socket(zmq.DEALER);
  dealer.setsockopt(zmq.ROUTING_ID, name);
  dealer.connect("inproc://router");
  dealer.send("here");
  return dealer;
});
for (let i = 0; i < 4; i++) {
  router.recv();
}
router.send("b", zmq.SNDMORE);
router.send("for b");
equal(dealers[1].recv_str(), "for b", "the addressed DEALER receives the message");
equal(dealers[0].recv(zmq.DONTWAIT), undefined, "the other DEALER receives nothing");
plan();
