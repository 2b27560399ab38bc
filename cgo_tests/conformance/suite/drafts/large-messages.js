import * as zmq from "zmq";
import { equal, plan } from "../tap.js";
import { sockets, until } from "../sockets.js";

const s = sockets();
const server = s.bound(zmq.SERVER);
const client = s.connected(zmq.CLIENT, server);
const large = new Uint8Array(1000000);
large[999999] = 7;
client.send(large);
const request = server.recv_message();
equal(request.data.length, 1000000, "a large message");
equal(request.data[999999], 7, "its last byte");
server.send_to(request.routing_id, request.data);
equal(client.recv().length, 1000000, "and back");
const dish = s.bound(zmq.DISH);
const radio = s.connected(zmq.RADIO, dish);
const group = new Array(100).join("g");
dish.join("g");
dish.join(group);
dish.setsockopt(zmq.RCVTIMEO, 20);
["g", group].forEach((name) => {
  const message = until(() => {
    radio.send_to(name, large);
    return dish.recv_message();
  }, (received) => received.group === name);
  equal(message.group, name, "the group of a large message");
  equal(message.data[999999], 7, "its last byte");
});
s.close();
plan();
