// When there is no room for a message, each type waits and drops nothing; a RADIO drops it.
import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";
import { sockets } from "../sockets.js";

const s = sockets();

function pair(sending, receiving) {
  const [from, to] = [s.make(zmq[sending]), s.make(zmq[receiving])];
  from.setsockopt(zmq.SNDHWM, 1);
  to.setsockopt(zmq.RCVHWM, 1);
  return [from, to];
}

// fill sends until there is no room, and receives all messages.
function fill(name, from, to, send) {
  let sent = 0;
  while (send(sent, zmq.DONTWAIT) !== undefined) {
    sent++;
  }
  ok(sent > 0, name + ": some messages have room");
  from.setsockopt(zmq.SNDTIMEO, 10);
  equal(send(-1, 0), undefined, name + ": then a send waits in vain");
  for (let i = 0; i < sent; i++) {
    equal(to.recv_int(), i, name + ": message " + i);
  }
  from.setsockopt(zmq.SNDTIMEO, 5000);
  equal(send(-2, 0), 4, name + ": and has room afterwards");
  equal(to.recv_int(), -2, name + ": it arrives");
}

[["CLIENT", "SERVER"], ["SCATTER", "GATHER"], ["CHANNEL", "CHANNEL"]].forEach(([sending, receiving]) => {
  const [from, to] = pair(sending, receiving);
  to.bind("inproc://" + sending);
  from.connect("inproc://" + sending);
  fill(sending, from, to, (number, flags) => from.send(number, flags));
});

const [server, client] = pair("SERVER", "CLIENT");
server.bind("inproc://server");
client.connect("inproc://server");
client.send("who");
const id = server.recv_message().routing_id;
const other = s.make(zmq.CLIENT);
other.connect("inproc://server");
other.send("other");
const otherID = server.recv_message().routing_id;
fill("SERVER", server, client, (number, flags) => server.send_to(id, number, flags));
while (server.send_to(id, 1, zmq.DONTWAIT) !== undefined) {}
equal(server.send_to(otherID, 7, zmq.DONTWAIT), 4, "SERVER: another client has room");
equal(other.recv_int(), 7, "SERVER: and gets its message");

const [peer, answering] = pair("PEER", "PEER");
answering.bind("inproc://peer");
const peerID = peer.connect_peer("inproc://peer");
fill("PEER", peer, answering, (number, flags) => peer.send_to(peerID, number, flags));

const [radio, dish] = pair("RADIO", "DISH");
radio.bind("inproc://radio");
dish.connect("inproc://radio");
dish.join("g");
radio.setsockopt(zmq.SNDTIMEO, -1); // a RADIO does not wait in spite of it
radio.events; // processes the join()
for (let i = 0; i < 100; i++) {
  equal(radio.send_to("g", i), 4, "RADIO: a message is taken, or dropped");
}
let received = 0;
while (dish.recv(zmq.DONTWAIT) !== undefined) {
  received++;
}
ok(received > 0 && received < 100, "RADIO: " + received + " of 100 messages had room");
radio.events; // processes the receipts, which make room
radio.send_to("g", 100);
equal(dish.recv_int(), 100, "RADIO: then one arrives again");
s.close();
plan();
