import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";
import { sockets, text } from "../sockets.js";

const s = sockets();
const server = s.bound(zmq.SERVER);
const clients = [s.connected(zmq.CLIENT, server), s.connected(zmq.CLIENT, server)];
clients.forEach((client, i) => client.send("client " + i));
const ids = {};
for (let i = 0; i < 2; i++) {
  const message = server.recv_message();
  ids[text(message)] = message.routing_id;
}
ok(ids["client 0"] !== ids["client 1"], "each has an id of its own");
server.send_to(ids["client 1"], "for 1");
server.send_to(ids["client 0"], "for 0");
equal(clients[0].recv_str(), "for 0", "the first");
equal(clients[1].recv_str(), "for 1", "the second");
s.close();
plan();
