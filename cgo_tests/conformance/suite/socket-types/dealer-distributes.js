import * as zmq from "zmq";
import { deepEqual, plan } from "../tap.js";

const context = new zmq.Context();
const dealer = context.socket(zmq.DEALER);
dealer.bind("inproc://dealer");
const peers = [0, 1].map(() => {
  const peer = context.socket(zmq.DEALER);
  peer.connect("inproc://dealer");
  return peer;
});
for (let i = 0; i < 4; i++) {
  dealer.send(i);
}
deepEqual(peers.map((peer) => [peer.recv_int(), peer.recv_int()]), [[0, 2], [1, 3]], "in turns");
plan();
