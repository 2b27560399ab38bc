import * as zmq from "zmq";
import { equal, plan } from "../tap.js";
import { single, sockets } from "../sockets.js";

const s = sockets();
["CLIENT", "SERVER", "DISH", "GATHER", "DGRAM", "PEER", "CHANNEL"].forEach((name) => {
  const socket = s.make(zmq[name]);
  socket.setsockopt(zmq.RCVTIMEO, 10);
  equal(socket.recv(), undefined, name + ": RCVTIMEO");
  equal(socket.recv(zmq.DONTWAIT), undefined, name + ": DONTWAIT");
});
["CLIENT", "SCATTER", "CHANNEL"].forEach((name) => {
  const socket = s.make(zmq[name]);
  socket.setsockopt(zmq.SNDTIMEO, 10);
  equal(socket.send("x"), undefined, name + ": SNDTIMEO");
});
single.concat("DGRAM").forEach((name) => equal(typeof s.make(zmq[name]).fd, "number", name + ": fd"));
s.close();
plan();
