import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";
import { single, sockets } from "../sockets.js";

const s = sockets();
single.forEach((name) => {
  const socket = s.bound(zmq[name]);
  const refused = { name: "Error", code: "EINVAL", message: /sends no messages of several parts/ };
  throws(() => socket.send_multipart(["a", "b"]), refused, name + ": two parts");
  throws(() => socket.send("a", zmq.SNDMORE), refused, name + ": SNDMORE");
  if (name === "SERVER" || name === "PEER" || name === "RADIO") {
    throws(() => socket.send_to(name === "RADIO" ? "a" : 1, "a", zmq.SNDMORE), refused, name + ": send_to with SNDMORE");
  }
});
const server = s.bound(zmq.GATHER);
const client = s.connected(zmq.SCATTER, server);
client.send_multipart(["one part"]);
equal(server.recv_multipart().length, 1, "one part in an array");
client.send("a");
equal(server.getsockopt(zmq.RCVMORE), 0, "RCVMORE");
s.close();
plan();
