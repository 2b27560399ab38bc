// All patterns over inproc, in one context after another: closed, disposed of or dropped.
import * as zmq from "zmq";
import { below, compose, read, seed } from "./content.js";
import { follow, print, wrong } from "./tally.js";

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

const stop = new zmq.Poller();
stop.add(0, zmq.POLLIN);
let told = Date.now();
while (stop.wait(20) === null) {
  try {
    turn();
  } catch (e) {
    wrong(e + "\n" + e.stack);
  }
  if (below(20) === 0) {
    std.gc();
  }
  if (Date.now() - told >= 1000) {
    told = Date.now();
    print();
  }
}
print();
