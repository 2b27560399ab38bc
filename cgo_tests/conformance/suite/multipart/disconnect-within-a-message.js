import * as zmq from "zmq";
import { sockets, text } from "../sockets.js";
import { equal, plan, throws } from "../tap.js";

let number = 0;

// The types of a socket and of its peers.
for (const [type, peers] of [
  ["PULL", "PUSH"], ["DEALER", "DEALER"], ["PAIR", "PAIR"], ["SUB", "XPUB"], ["XSUB", "XPUB"], ["ROUTER", "DEALER"], ["REQ", "ROUTER"],
]) {
  const preceding = type === "ROUTER" ? 1 : 0; // parts before the content
  const all = sockets();
  const socket = all.make(zmq[type]);
  const [peer, other] = [all.make(zmq[peers]), all.make(zmq[peers])];
  const endpoints = [peer, other].map((bound) => {
    const endpoint = "inproc://within-" + ++number;
    bound.bind(endpoint);
    return endpoint;
  });
  socket.connect(endpoints[0]);
  if (type !== "PAIR") {
    socket.connect(endpoints[1]);
  }
  if (type === "SUB") {
    socket.setsockopt(zmq.SUBSCRIBE, "");
  } else if (type === "XSUB") {
    socket.send(new Uint8Array([1]));
  }
  if (peers === "XPUB") {
    [peer, other].forEach((publisher) => publisher.recv());
  }
  let envelope = [];
  if (type === "REQ") {
    socket.send("request");
    envelope = peer.recv_multipart().slice(0, 2);
  }
  peer.send_multipart(envelope.concat(["one", "two", "", "four"]));
  peer.send_multipart(envelope.concat(["lost", "with", "the", "connection"]));
  for (let i = 0; i < preceding; i++) {
    socket.recv();
  }
  equal(socket.recv_str(), "one", type + ": the first part");
  socket.disconnect(endpoints[0]);
  equal(socket.getsockopt(zmq.RCVMORE), 1, "more parts follow after disconnect()");
  equal(socket.events & zmq.POLLIN, zmq.POLLIN, "events");
  if (type === "REQ") {
    throws(() => socket.send("another"), { code: "EFSM" }, "the next request comes after the reply");
  }
  const poller = new zmq.Poller();
  poller.add(socket, zmq.POLLIN);
  equal(poller.wait(5000).socket, socket, "a poller finds the rest");
  equal(socket.recv_str(), "two", "the second part");
  equal(socket.getsockopt(zmq.RCVMORE), 1, "more parts follow");
  const received = socket.messages_received;
  equal(socket.recv_multipart().map(text).join(), ",four", "the rest");
  equal(socket.messages_received - received, 2, "the rest is counted");
  equal(socket.getsockopt(zmq.RCVMORE), 0, "no more parts follow");
  if (type === "REQ") {
    equal(socket.send("another"), 7, "the next request");
    all.close();
    continue;
  }
  equal(socket.recv(zmq.DONTWAIT), undefined, "the next message has gone with the connection");
  equal(poller.wait(0), null, "the poller finds nothing");
  if (type !== "PAIR") {
    other.send_multipart(["five", "six"]);
    const parts = socket.recv_multipart().slice(preceding);
    equal(parts.map(text).join(), "five,six", "the other peer's message");
  }
  all.close();
}
plan();
