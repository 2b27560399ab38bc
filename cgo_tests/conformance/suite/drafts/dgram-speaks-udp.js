import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";
import { port, sockets, text, until } from "../sockets.js";

const s = sockets();
const addresses = [];
while (addresses.length < 2) {
  const address = "127.0.0.1:" + port();
  if (addresses.indexOf(address) < 0) {
    addresses.push(address);
  }
}
const [a, b] = addresses.map((address) => {
  const socket = s.make(zmq.DGRAM);
  socket.bind("udp://" + address);
  socket.setsockopt(zmq.RCVTIMEO, 20);
  return socket;
});
equal(until(() => {
  a.send_multipart([addresses[1], "packet"]);
  return b.recv_str();
}), addresses[0], "the first part is the sender's address");
equal(b.recv_str(), "packet", "the second part is the packet");
const received = until(() => {
  a.send_multipart([addresses[1], "packet"]);
  return b.recv_multipart();
});
equal(received.length, 2, "an address and a packet");
equal(text(received[1]), "packet", "the packet");
while (b.recv_multipart() !== undefined) {}
const answer = until(() => {
  equal(b.send(received[0], zmq.SNDMORE), received[0].length, "the address as a part");
  equal(b.send("answer"), 6, "the packet as another");
  return a.recv_multipart();
});
equal(text(answer[1]), "answer", "arrives");
while (a.recv_multipart() !== undefined) {}
const packet = until(() => {
  a.send_multipart([addresses[1], new Uint8Array(8192)]);
  return b.recv_multipart();
}, (received) => text(received[1]) !== "packet");
equal(packet[1].length, 8192, "the largest packet");

const parts = { name: "Error", code: "EINVAL", message: /a DGRAM sends two parts/ };
throws(() => a.send("no address"), parts, "a packet without an address");
throws(() => a.send_multipart(["one part"]), parts, "one part");
throws(() => a.send_multipart([addresses[1], "packet", "more"]), parts, "three parts");
throws(() => a.send_multipart([addresses[1], "packet"], zmq.SNDMORE), parts, "two that are not all");
const tooLarge = { name: "Error", code: "EMSGSIZE", message: /at most 8192 bytes/ };
throws(() => a.send_multipart([addresses[1], new Uint8Array(8193)]), tooLarge, "a packet that is too large");
throws(() => a.send_multipart([addresses[1], new Uint8Array(1000000)]), tooLarge, "a million");
a.send(addresses[1], zmq.SNDMORE);
throws(() => a.send(new Uint8Array(8193)), tooLarge, "the same in parts");
throws(() => a.send("packet", zmq.SNDMORE), parts, "a third part to come");
a.send("whole");
while (text(until(() => b.recv_multipart())[1]) !== "whole") {}
equal(a.send_multipart(["nonsense", "x"]), 9, "a packet to no address is dropped");
equal(text(until(() => {
  a.send_multipart([addresses[1], "on"]);
  return b.recv_multipart();
})[1]), "on", "the socket still works");

const unbound = { name: "Error", code: "ENOTCONN", message: /is bound to an endpoint of udp before it sends/ };
const fresh = s.make(zmq.DGRAM);
throws(() => fresh.send_multipart([addresses[1], "x"]), unbound, "before bind()");
["tcp://127.0.0.1:*", "inproc://dgram", "ipc://dgram"].forEach((endpoint) => {
  throws(() => fresh.bind(endpoint), { name: "Error", code: "ENOCOMPATPROTO", message: /speaks udp only/ }, endpoint);
  throws(() => fresh.connect(endpoint), { name: "Error", code: "ENOCOMPATPROTO" }, "connect " + endpoint);
});
throws(() => fresh.connect("udp://127.0.0.1:9"), { name: "Error", code: "ENOCOMPATPROTO" }, "a DGRAM does not connect");
fresh.setsockopt(zmq.IPV6, 1);
throws(() => fresh.bind("udp://[::1]:" + port()), { name: "Error", code: "EAFNOSUPPORT", message: /IPv4 only/ }, "IPv6");
s.close();
plan();
