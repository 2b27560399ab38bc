// A type with many peers receives from each of them in turn; a RADIO sends to all.
import * as zmq from "zmq";
import { deepEqual, plan } from "../tap.js";
import { sockets } from "../sockets.js";

const s = sockets();
const messages = ["a0", "b0", "a1", "b1", "a2", "b2"];

function both(type, endpoint) {
  return ["a", "b"].map(() => {
    const socket = s.make(zmq[type]);
    socket.connect(endpoint);
    return socket;
  });
}

function inTurn(name, to, sends) {
  for (let i = 0; i < 3; i++) {
    sends.forEach((send, which) => send("ab"[which] + i));
  }
  deepEqual(messages.map(() => to.recv_str()), messages, name);
}

["SERVER", "GATHER"].forEach((type) => {
  const to = s.make(zmq[type]);
  to.bind("inproc://" + type);
  const senders = both(type === "SERVER" ? "CLIENT" : "SCATTER", "inproc://" + type);
  inTurn(type, to, senders.map((from) => (text) => from.send(text)));
});

const client = s.make(zmq.CLIENT);
const servers = ["a", "b"].map((name) => {
  const server = s.make(zmq.SERVER);
  server.bind("inproc://server-" + name);
  client.connect("inproc://server-" + name);
  return server;
});
servers.forEach(() => client.send("who"));
inTurn("CLIENT", client, servers.map((server) => {
  const id = server.recv_message().routing_id;
  return (text) => server.send_to(id, text);
}));

const peer = s.make(zmq.PEER);
peer.bind("inproc://peer");
inTurn("PEER", peer, ["a", "b"].map(() => {
  const from = s.make(zmq.PEER);
  const id = from.connect_peer("inproc://peer");
  return (text) => from.send_to(id, text);
}));

const dish = s.make(zmq.DISH);
dish.bind("inproc://dish");
dish.join("g");
const radios = both("RADIO", "inproc://dish");
dish.events; // processes the connections, and sends them the group
radios.forEach((radio) => radio.events);
inTurn("DISH", dish, radios.map((radio) => (text) => radio.send_to("g", text)));

const radio = s.make(zmq.RADIO);
radio.bind("inproc://radio");
const dishes = both("DISH", "inproc://radio");
dishes.forEach((each) => each.join("g"));
radio.events;
radio.send_to("g", "to all");
deepEqual(dishes.map((each) => each.recv_str()), ["to all", "to all"], "RADIO");
s.close();
plan();
