// One of several peers disconnects while a message for another peer is being sent. That peer gets the whole message.
import * as zmq from "zmq";
import { deepEqual, ok, plan } from "../tap.js";

const torn = ["one", "two", "three"];
const whole = ["a whole", "message"];

function open(context, type) {
  const socket = context.socket(zmq[type]);
  socket.setsockopt(zmq.LINGER, 0);
  socket.setsockopt(zmq.SNDTIMEO, 10000);
  socket.setsockopt(zmq.RCVTIMEO, 10000);
  return socket;
}

function receiveNow(receiver) {
  const parts = receiver.recv_multipart(zmq.DONTWAIT);
  return parts === undefined ? undefined : parts.map((part) => String.fromCharCode.apply(null, part));
}

let endpoint = 0;

// The message goes to the next peer in turn, or to another one if that peer has disconnected.
function check(sender, receiver, gone, turn, together) {
  const context = new zmq.Context();
  const name = sender + " to " + receiver + ", peer " + gone + " goes in the turn of " + turn + (together ? ", by send_multipart()" : "");
  const from = open(context, sender);
  from.bind("inproc://peers" + ++endpoint);
  const peers = [0, 1, 2].map(() => {
    const peer = open(context, receiver);
    peer.connect(from.last_endpoint);
    return peer;
  });
  for (let i = 0; i < peers.length + turn; i++) {
    from.send("turn");
  }
  peers.forEach((peer, i) => deepEqual(receiveNow(peer), ["turn"], name + ": peer " + i + " has its turn"));
  peers.slice(0, turn).forEach((peer) => receiveNow(peer));
  from.send(torn[0], zmq.SNDMORE);
  from.events; // so that later changes set the descriptor again
  peers[gone].close();
  const poller = new zmq.Poller();
  poller.add(from.fd, zmq.POLLIN);
  ok(poller.wait(10000) !== null, name + ": the peer goes");
  from.events; // processes the disconnection
  if (together) {
    from.send_multipart(torn.slice(1));
  } else {
    from.send(torn[1], zmq.SNDMORE);
    from.send(torn[2]);
  }
  from.send_multipart(whole);
  const received = [];
  peers.forEach((peer, i) => {
    for (let parts; i !== gone && (parts = receiveNow(peer)) !== undefined;) {
      received.push(parts.join(" "));
    }
  });
  deepEqual(received.sort(), [whole.join(" "), torn.join(" ")], name + ": both messages arrive whole");
  peers.concat(from).forEach((socket) => socket.close());
  context.term();
}

[["PUSH", "PULL"], ["DEALER", "DEALER"]].forEach(([sender, receiver]) => {
  for (let gone = 0; gone < 3; gone++) {
    for (let turn = 0; turn < 3; turn++) {
      [false, true].forEach((together) => check(sender, receiver, gone, turn, together));
    }
  }
});
plan();
