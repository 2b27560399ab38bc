// Exits in the way of the first argument, with a message without a receiver; further arguments are
// an endpoint, options of the socket and options of the context.
import * as zmq from "zeromq";

const [how, endpoint, options = "{}", contextOptions = "{}"] = process.argv.slice(2);
Object.assign(zmq.context, JSON.parse(contextOptions));
const socket = new zmq.Push(JSON.parse(options));
socket.connect(endpoint);
const other = new zmq.Dealer({ linger: 0 });

const ways = {
  open: () => socket.send("unsent"),
  closed: () => socket.send("unsent").then(() => socket.close()),
  collected: () => send(new zmq.Context()),
  send: () => socket.send("unsent").then(() => process.exit(3)),
  receive: () => other.receive().then(() => process.exit(3)),
  rejected: () => new zmq.Pull({ receiveTimeout: 1 }).receive().catch(() => process.exit(3)),
  closing: () => {
    other.receive().catch(() => process.exit(3));
    other.close();
  },
  bind: () => other.bind("inproc://x").then(() => process.exit(3)),
  event: () => {
    other.events.on("bind", () => process.exit(3));
    return other.bind("tcp://127.0.0.1:*");
  },
  iteration: async () => {
    const pull = new zmq.Pull();
    await pull.bind("inproc://iteration");
    other.connect("inproc://iteration");
    await other.send("x");
    for await (const _ of pull) process.exit(3);
  },
  proxy: async () => {
    const proxy = new zmq.Proxy(other, new zmq.Dealer({ linger: 0 }));
    await other.bind("inproc://front");
    await proxy.backEnd.bind("inproc://back");
    setTimeout(() => proxy.terminate(), 5);
    await proxy.run();
    process.exit(3);
  },
  running: async () => {
    const proxy = new zmq.Proxy(other, new zmq.Dealer({ linger: 0 }));
    await other.bind("inproc://front");
    await proxy.backEnd.bind("inproc://back");
    setTimeout(() => process.exit(3), 5);
    await proxy.run();
  },
  rejection: () => new zmq.Pull({ receiveTimeout: 1 }).receive(), // not handled
  exits: () => {
    process.on("exit", () => {
      const late = new zmq.Push({ linger: 0 });
      late.connect(endpoint);
      void late.send("late");
      other.receive().catch(() => {});
      other.close();
    });
    return socket.send("unsent");
  },
};

async function send(context) {
  const push = new zmq.Push({ context, ...JSON.parse(options) });
  push.connect(endpoint);
  await push.send("unsent");
}

if (how === "receive") {
  const peer = new zmq.Dealer({ linger: 0 });
  await other.bind("inproc://peer");
  peer.connect("inproc://peer");
  setTimeout(() => peer.send("x"), 5);
}
void ways[how]();
