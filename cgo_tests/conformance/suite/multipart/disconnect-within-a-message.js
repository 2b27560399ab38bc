import * as zmq from "zmq";
import { sockets, text } from "../sockets.js";
import { equal, plan, throws } from "../tap.js";

// The types of a socket and of its peers.
for (const [type, peers] of [
  ["PULL", "PUSH"], ["DEALER", "DEALER"], ["PAIR", "PAIR"], ["SUB", "XPUB"], ["XSUB", "XPUB"], ["ROUTER", "DEALER"], ["REQ", "ROUTER"],
]) {
  const preceding = type === "ROUTER" ? 1 : 0; // parts before the content
  const all = sockets();
  const { socket, peers: [{ peer, endpoint }, other] } = all.receiver(type, peers, type === "PAIR" ? 1 : 2);
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
  socket.disconnect(endpoint);
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
  if (other !== undefined) {
    other.peer.send_multipart(["five", "six"]);
    const parts = socket.recv_multipart().slice(preceding);
    equal(parts.map(text).join(), "five,six", "the other peer's message");
  }
  all.close();
}
plan();
