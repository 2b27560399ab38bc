import * as zmq from "zmq";
import { equal, plan } from "../tap.js";
import { sockets } from "../sockets.js";

const s = sockets();
const server = s.bound(zmq.SERVER);
const client = s.connected(zmq.CLIENT, server);
const pull = s.bound(zmq.PULL);
const push = s.connected(zmq.PUSH, pull);
const poller = new zmq.Poller();
poller.add(server, zmq.POLLIN, "server");
poller.add(pull, zmq.POLLIN, "pull");
equal(poller.wait(0), null, "nothing");
for (let i = 0; i < 3; i++) {
  client.send("x");
  const event = poller.wait(5000);
  equal(event.user_data, "server", "a message for the SERVER");
  equal(event.events, zmq.POLLIN, "POLLIN");
  equal(server.events & zmq.POLLIN, zmq.POLLIN, "events");
  equal(server.recv_str(), "x", "it is there");
  equal(poller.wait(0), null, "nothing more");
  equal(server.events & zmq.POLLIN, 0, "no events");
  push.send("y");
  equal(poller.wait(5000).user_data, "pull", "an ordinary socket in the same poller");
  pull.recv();
}
poller.modify(server, zmq.POLLIN);
client.send("z");
server.close();
push.send("y");
equal(poller.wait(5000).user_data, "pull", "a closed SERVER has left");
equal(poller.size(), 1, "size()");

const other = s.bound(zmq.SERVER);
const caller = s.connected(zmq.CLIENT, other);
caller.send("x");
const id = other.recv_message().routing_id;
/** @type {zmq.Poller<string, number>} */
const descriptors = new zmq.Poller();
descriptors.add(caller.fd, zmq.POLLIN, "fd");
equal(caller.events & zmq.POLLIN, 0, "no message yet");
equal(descriptors.wait(0), null, "its descriptor is not readable once events were asked for");
other.send_to(id, "there");
equal(descriptors.wait(5000).user_data, "fd", "it becomes readable when a message comes");
equal(caller.recv_str(), "there", "the message is there");
s.close();
plan();
