import * as zmq from "zmq";
import { equal, plan } from "../tap.js";
import { sockets } from "../sockets.js";

const s = sockets();
const servers = [s.bound(zmq.SERVER), s.bound(zmq.SERVER)];
const client = s.make(zmq.CLIENT);
servers.forEach((server) => client.connect(server.last_endpoint));
for (let i = 0; i < 4; i++) {
  client.send(i);
}
servers.forEach((server, i) => {
  equal(typeof server.recv_int(), "number", "server " + i + " has one message");
  equal(typeof server.recv_int(), "number", "and another");
});
s.close();
plan();
