import * as zmq from "zmq";
import { sockets, text } from "../sockets.js";
import { equal, plan, throws } from "../tap.js";

// looks make libzmq receive the first part of a message, in each way that a script can.
const looks = {
  events: (socket) => socket.events,
  getsockopt: (socket) => socket.getsockopt_int(zmq.EVENTS),
  poller(socket) {
    const poller = new zmq.Poller();
    poller.add(socket, zmq.POLLIN);
    poller.wait(0);
  },
};

for (const [type, peers] of [["SUB", "XPUB"], ["XSUB", "XPUB"], ["ROUTER", "DEALER"], ["REP", "REQ"]]) {
  for (const look of Object.keys(looks)) {
    for (const end of ["disconnect", "unbind"]) {
      const all = sockets();
      const { socket, peers: [{ peer, endpoint }, { peer: other }] } = all.receiver(type, peers, 2);
      peer.send_multipart(["one", "two"]);
      looks[look](socket);
      socket[end](endpoint); // libzmq does not distinguish the two
      const what = type + ", " + look + ", " + end + "()";
      equal(socket.getsockopt(zmq.RCVMORE), 0, what + ": no part was received");
      if (type === "REP") {
        equal(socket.events, zmq.POLLIN, "the request is to be received");
        throws(() => socket.send("reply"), { code: "EFSM" }, "it is not replied to before");
        throws(() => socket.send_multipart(["re", "ply"]), { code: "EFSM" }, "nor in parts");
      } else {
        equal(socket.events & zmq.POLLIN, zmq.POLLIN, "the message is to be received");
      }
      const parts = socket.recv_multipart();
      equal(parts.slice(type === "ROUTER" ? 1 : 0).map(text).join(), "one,two", "the message is whole");
      equal(socket.events & zmq.POLLIN, 0, "there are no more");
      if (type === "REP") {
        equal(socket.send("reply"), 5, "a reply to a peer that has gone");
      }
      equal(socket.recv(zmq.DONTWAIT), undefined, "nothing is received");
      other.send_multipart(["three", "four"]);
      equal(socket.recv_multipart().slice(type === "ROUTER" ? 1 : 0).map(text).join(), "three,four", "the other peer's message");
      all.close();
    }
  }
}

{
  const all = sockets();
  const { socket, peers } = all.receiver("SUB", "XPUB", 3);
  peers.forEach(({ peer }) => peer.send_multipart(["one", "two", "three"]));
  socket.events;
  socket.disconnect(peers[0].endpoint);
  equal(socket.events, zmq.POLLIN, "events");
  equal(socket.recv_str(), "one", "a part is received between two disconnect()");
  socket.disconnect(peers[1].endpoint);
  equal(socket.recv_multipart().map(text).join(), "two,three", "the rest of the first message");
  equal(socket.events, zmq.POLLIN, "the second message has gone, and the third one is there");
  socket.disconnect(peers[2].endpoint);
  equal(socket.recv_multipart().map(text).join(), "one,two,three", "the third message");
  equal(socket.recv_multipart(zmq.DONTWAIT), undefined, "there are no more");
  all.close();
}

const all = sockets();
const { socket, peers: [{ peer, endpoint }] } = all.receiver("ROUTER", "DEALER", 1);
peer.send_multipart(["one", "two"]);
socket.disconnect(endpoint);
equal(socket.recv_multipart(zmq.DONTWAIT), undefined, "a message that nobody has looked for has gone with the connection");
peer.close();

const { socket: front, peers: [source] } = all.receiver("ROUTER", "DEALER", 1);
const { socket: back, peers: [{ peer: sink }] } = all.receiver("DEALER", "DEALER", 1);
source.peer.send_multipart(["one", "two"]);
equal(front.events & zmq.POLLIN, zmq.POLLIN, "a proxy's socket has a message");
front.disconnect(source.endpoint);
const { socket: control, peers: [{ peer: steering }] } = all.receiver("PAIR", "PAIR", 1);
steering.send("TERMINATE");
zmq.proxy(front, back, undefined, control);
equal(sink.recv_multipart().slice(1).map(text).join(), "one,two", "the proxy passes it on whole");
all.close();
plan();
