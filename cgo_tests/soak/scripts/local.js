// All patterns over inproc, in one context after another: closed, disposed of or dropped.
import * as zmq from "zmq";
import { below, compose, pack, read, seed, unpack } from "./content.js";
import { follow, print, ready, wrong } from "./tally.js";

const config = JSON.parse(scriptArgs[1]);
seed(config.seed);
const patterns = [
  ["REQ/REP", zmq.REQ, zmq.REP], ["PUB/SUB", zmq.PUB, zmq.SUB], ["PUSH/PULL", zmq.PUSH, zmq.PULL],
  ["DEALER/ROUTER", zmq.DEALER, zmq.ROUTER], ["XPUB/XSUB", zmq.XPUB, zmq.XSUB], ["PAIR", zmq.PAIR, zmq.PAIR],
];
let number = 0;

function pass(pattern, from, to, answers) {
  from.send_multipart(compose(pattern, ++number));
  const parts = to.recv_multipart();
  if (parts === undefined) {
    wrong(pattern + ": nothing is received");
    return;
  }
  follow(pattern + " inproc", read(parts.slice(-2)), false);
  if (answers) {
    to.send_multipart(parts);
    follow(pattern + " inproc, answers", read(from.recv_multipart()), false);
  }
}

function open(context, type) {
  const socket = context.socket(type);
  socket.setsockopt(zmq.RCVTIMEO, 20000);
  socket.setsockopt(zmq.LINGER, 0);
  return socket;
}

function turn() {
  const context = new zmq.Context();
  const all = patterns.map(([pattern, a, b]) => {
    const [from, to] = [open(context, a), open(context, b)];
    from.bind("inproc://" + pattern);
    if (b === zmq.SUB) {
      to.setsockopt(zmq.SUBSCRIBE, "");
    }
    to.connect("inproc://" + pattern);
    if (b === zmq.XSUB) {
      to.send(new Uint8Array([1]));
      from.recv();
    }
    from.events; // libzmq takes note of the other end, and of its subscription
    return { pattern, from, to, answers: a === zmq.REQ || a === zmq.DEALER || a === zmq.PAIR };
  });
  const poller = new zmq.Poller();
  all.forEach(({ to, from }) => poller.add(to, zmq.POLLIN, { poller, from }));
  for (let i = 0; i < 20; i++) {
    all.forEach(({ pattern, from, to, answers }) => pass(pattern, from, to, answers));
  }
  switch (below(3)) {
    case 0:
      all.forEach(({ from, to }) => from.close() + to.close());
      context.term();
      break;
    case 1:
      context[Symbol.dispose]();
  }
}

// packets sends some between two sockets of udp, of which any may be lost.
function packets([from, to]) {
  for (let i = 0; i < 20; i++) {
    from.socket.send_multipart([to.address, pack(compose("DGRAM", ++number, 4096))]);
    for (let parts; (parts = to.socket.recv_multipart(zmq.DONTWAIT)) !== undefined;) {
      follow("DGRAM", read(unpack(parts[1])), false);
    }
  }
}

// datagram makes a DGRAM on an unused port, and returns its address.
function datagram(context) {
  const probe = context.socket(zmq.PAIR);
  probe.bind("tcp://127.0.0.1:*");
  const address = probe.last_endpoint.slice("tcp://".length);
  probe.close();
  const socket = context.socket(zmq.DGRAM);
  try {
    socket.bind("udp://" + address);
  } catch (e) {
    socket.close();
    if (e.code !== "EADDRINUSE") throw e;
    return datagram(context);
  }
  return { socket, address };
}

const udp = zmq.has("draft") ? new zmq.Context() : undefined;
const datagrams = udp && [datagram(udp), datagram(udp)];
const stop = new zmq.Poller();
stop.add(0, zmq.POLLIN);
let told = Date.now();
while (stop.wait(20) === null) {
  try {
    turn();
    if (udp) {
      packets(datagrams);
    }
  } catch (e) {
    wrong(e + "\n" + e.stack);
  }
  ready(["PAIR inproc"]);
  if (below(20) === 0) {
    std.gc();
  }
  if (Date.now() - told >= 1000) {
    told = Date.now();
    print();
  }
}
print();
