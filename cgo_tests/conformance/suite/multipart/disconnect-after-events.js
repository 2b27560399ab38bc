import * as zmq from "zmq";
import { sockets, text } from "../sockets.js";
import { equal, plan, throws } from "../tap.js";

let number = 0;

// look makes libzmq receive the first part of a message, in each way that a script can.
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
      const socket = all.make(zmq[type]);
      const [peer, other] = [all.make(zmq[peers]), all.make(zmq[peers])];
      const endpoints = [peer, other].map((bound) => {
        const endpoint = "inproc://after-" + ++number;
        bound.bind(endpoint);
        socket.connect(endpoint);
        return endpoint;
      });
      if (type === "SUB") {
        socket.setsockopt(zmq.SUBSCRIBE, "");
      } else if (type === "XSUB") {
        socket.send(new Uint8Array([1]));
      }
      if (peers === "XPUB") {
        [peer, other].forEach((publisher) => publisher.recv());
      }
      peer.send_multipart(["one", "two"]);
      looks[look](socket);
      socket[end](endpoints[0]); // libzmq does not distinguish the two
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
  const [socket, ...peers] = ["SUB", "XPUB", "XPUB", "XPUB"].map((type) => all.make(zmq[type]));
  socket.setsockopt(zmq.SUBSCRIBE, "");
  const endpoints = peers.map((peer, i) => {
    const endpoint = "inproc://one-by-one-" + i;
    peer.bind(endpoint);
    socket.connect(endpoint);
    peer.recv();
    peer.send_multipart(["one", "two", "three"]);
    return endpoint;
  });
  socket.events;
  socket.disconnect(endpoints[0]);
  equal(socket.events, zmq.POLLIN, "events");
  equal(socket.recv_str(), "one", "a part is received between two disconnect()");
  socket.disconnect(endpoints[1]);
  equal(socket.recv_multipart().map(text).join(), "two,three", "the rest of the first message");
  equal(socket.events, zmq.POLLIN, "the second message has gone, and the third one is there");
  socket.disconnect(endpoints[2]);
  equal(socket.recv_multipart().map(text).join(), "one,two,three", "the third message");
  equal(socket.recv_multipart(zmq.DONTWAIT), undefined, "there are no more");
  all.close();
}

const all = sockets();
const [socket, peer] = [all.make(zmq.ROUTER), all.make(zmq.DEALER)];
peer.bind("inproc://never-looked-at");
socket.connect("inproc://never-looked-at");
peer.send_multipart(["one", "two"]);
socket.disconnect("inproc://never-looked-at");
equal(socket.recv_multipart(zmq.DONTWAIT), undefined, "a message that nobody has looked for has gone with the connection");
peer.close();

const [front, source, back, sink] = ["ROUTER", "DEALER", "DEALER", "DEALER"].map((type) => all.make(zmq[type]));
source.bind("inproc://front");
front.connect("inproc://front");
sink.bind("inproc://sink");
back.connect("inproc://sink");
source.send_multipart(["one", "two"]);
equal(front.events & zmq.POLLIN, zmq.POLLIN, "a proxy's socket has a message");
front.disconnect("inproc://front");
const [control, steering] = [all.make(zmq.PAIR), all.make(zmq.PAIR)];
control.bind("inproc://control");
steering.connect("inproc://control");
steering.send("TERMINATE");
zmq.proxy(front, back, undefined, control);
equal(sink.recv_multipart().slice(1).map(text).join(), "one,two", "the proxy passes it on whole");
all.close();
plan();
