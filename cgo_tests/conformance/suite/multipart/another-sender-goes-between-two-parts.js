import * as zmq from "zmq";
import { sockets, text } from "../sockets.js";
import { equal, plan } from "../tap.js";

for (const end of ["close", "disconnect"]) {
  const all = sockets();
  const { socket: pull, peers } = all.receiver("PULL", "PUSH", 3);
  ["one", "two", "three"].forEach((name, i) => peers[i].peer.send_multipart([name, "a", "b"]));
  peers[0].peer.send_multipart(["again", "a", "b"]);
  equal(pull.recv_multipart().map(text).join(), "one,a,b", "the first peer's message");
  equal(pull.recv_multipart().map(text).join(), "two,a,b", "the second peer's");
  equal(pull.recv_str(), "three", "a part of the third peer's");
  if (end === "close") {
    peers[1].peer.close();
  } else {
    pull.disconnect(peers[1].endpoint);
  }
  for (const socket of [peers[1].peer, pull]) {
    equal(socket.closed || socket.events >= 0, true, "the second peer goes"); // in a call libzmq processes commands
  }
  equal(pull.recv_str(), "a", "the next part");
  equal(pull.recv_multipart().map(text).join(), "b", "the rest");
  equal(pull.recv_multipart().map(text).join(), "again,a,b", "the next message");
  all.close();
}

// A ROUTER that has received a routing id only.
const all = sockets();
const { socket: router, peers: [{ peer: dealer }] } = all.receiver("ROUTER", "DEALER", 1);
dealer.send("text");
equal(router.recv().length > 0, true, "the routing id");
equal(router.events, zmq.POLLIN | zmq.POLLOUT, "it can receive and send");
equal(router.recv_str(), "text", "the content");
equal(router.events, zmq.POLLOUT, "it can send");
all.close();
plan();
