// A peer disconnects while a message is being sent. No other peer receives a part of the message.
import * as zmq from "zmq";
import { deepEqual, ok, plan } from "../tap.js";

const torn = ["one", "two", "three"];
const whole = ["a whole", "message"];

function hearSubscription(xpub) {
  for (;;) {
    const heard = xpub.recv();
    if (heard === undefined || heard[0] === 1) {
      return heard !== undefined;
    }
  }
}

function waitFor(object, event, milliseconds) {
  const poller = new zmq.Poller();
  poller.add(object, event);
  return poller.wait(milliseconds) !== null;
}

let greetings = 0;

// Returns whether next is the peer of a PAIR, which refuses other peers until it has detected the disconnection of
// its peer.
function isPeer(pair, next) {
  const greeting = "greeting " + ++greetings;
  next.send(greeting);
  while (waitFor(pair, zmq.POLLIN, 50)) {
    if (pair.recv_str() === greeting) {
      return true;
    }
  }
  return false;
}

// meet: what a sender and a receiver do before the sender can send. routed: the peer's id comes before a
// message; strips: the receiver does not get the part before the message. early: the next peer may connect before
// the message ends. keeps: the next peer gets the messages for the first one. transports: an XSUB cannot
// detect a peer over tcp.
const patterns = [
  { sender: "PUSH", receiver: "PULL", early: true, keeps: true },
  { sender: "DEALER", receiver: "DEALER", early: true, keeps: true },
  { sender: "REQ", receiver: "REP", early: true, keeps: true },
  { sender: "REQ", receiver: "ROUTER", early: true, keeps: true, strips: 2 },
  { sender: "PAIR", receiver: "PAIR", early: true, keeps: true, meet: isPeer },
  {
    sender: "ROUTER",
    receiver: "DEALER",
    routed: true,
    meet: (router, dealer) => dealer.send("hello") === 5 && router.recv_multipart().length === 2,
  },
  {
    sender: "REP",
    receiver: "REQ",
    meet: (rep, req) => req.send("request") === 7 && rep.recv_str() === "request",
  },
  { sender: "XPUB", receiver: "SUB", early: true, meet: hearSubscription },
  { sender: "XSUB", receiver: "XPUB", early: true, transports: ["inproc"] },
];

let peers = 0;

const options = {
  REQ: (socket) => socket.setsockopt(zmq.REQ_RELAXED, 1),
  SUB: (socket) => socket.setsockopt(zmq.SUBSCRIBE, ""),
  XPUB: (socket) => socket.setsockopt(zmq.XPUB_VERBOSE, 1),
  DEALER: (socket) => socket.setsockopt(zmq.ROUTING_ID, "peer" + ++peers),
};

function open(context, type) {
  const socket = context.socket(zmq[type]);
  socket.setsockopt(zmq.LINGER, 0);
  socket.setsockopt(zmq.SNDTIMEO, 10000);
  socket.setsockopt(zmq.RCVTIMEO, 10000);
  if (options[type]) {
    options[type](socket);
  }
  return socket;
}

// Returns a receiver connected to the sender.
function join(context, pattern, sender) {
  for (;;) {
    const receiver = open(context, pattern.receiver);
    receiver.connect(sender.last_endpoint);
    if ((!pattern.meet || pattern.meet(sender, receiver)) && waitFor(sender, zmq.POLLOUT, 10000)) {
      return receiver;
    }
    receiver.close();
  }
}

// Sends the rest of a message, in one call or in one call for each part.
function sendRest(sender, rest, together) {
  if (together) {
    return sender.send_multipart(rest, zmq.DONTWAIT);
  }
  rest.slice(0, -1).forEach((part) => sender.send(part, zmq.SNDMORE | zmq.DONTWAIT));
  return sender.send(rest[rest.length - 1], zmq.DONTWAIT);
}

// Receives messages until the last one.
function receiveAll(pattern, receiver) {
  const messages = [];
  for (let parts; (parts = receiver.recv_multipart()) !== undefined; ) {
    const texts = parts.slice(pattern.strips || 0).map((part) => String.fromCharCode.apply(null, part));
    messages.push(texts);
    if (texts[texts.length - 1] === whole[1]) {
      break;
    }
    if (pattern.receiver === "REP") {
      receiver.send("reply");
    }
  }
  return messages;
}

let endpoint = 0;

function check(pattern, transport, number, early, together) {
  const name =
    pattern.sender + " to " + pattern.receiver + ", " + transport + ", after part " + number +
    (early ? ", with the next peer there" : "") + (together ? ", by send_multipart()" : "");
  const context = new zmq.Context();
  const sender = open(context, pattern.sender);
  sender.bind(transport === "tcp" ? "tcp://127.0.0.1:*" : "inproc://parts" + ++endpoint);
  const first = join(context, pattern, sender);
  const prefix = () => (pattern.routed ? ["peer" + peers] : []);
  const parts = prefix().concat(torn);
  parts.slice(0, number).forEach((part) => sender.send(part, zmq.SNDMORE));
  sender.events; // so that later changes set the descriptor again
  first.close();
  ok(waitFor(sender.fd, zmq.POLLIN, 10000), name + ": the peer goes");
  let second = early ? join(context, pattern, sender) : undefined;
  const rest = parts.slice(number);
  let result = sendRest(sender, rest, together);
  if (second === undefined) {
    second = join(context, pattern, sender);
  }
  if (pattern.keeps && result === undefined) {
    result = sendRest(sender, together ? rest : rest.slice(-1), together);
  }
  ok(result > 0, name + ": the rest is taken");
  sender.send_multipart(prefix().concat(whole));
  const received = receiveAll(pattern, second);
  deepEqual(received, pattern.keeps && received.length > 1 ? [torn, whole] : [whole], name + ": the next peer gets all or nothing");
  sender.close();
  second.close();
  context.term();
}

patterns.forEach((pattern) => {
  for (let number = 1; number < torn.length + (pattern.routed ? 1 : 0); number++) {
    [false, true].forEach((together) => {
      (pattern.transports || ["inproc", "tcp"]).forEach((transport) => {
        check(pattern, transport, number, false, together);
        if (pattern.early) {
          check(pattern, transport, number, true, together);
        }
      });
    });
  }
});
plan();
