// Runtimes of one process on several threads (threads/main.c), which meet in a shared context. The hub has the
// binding ends until standard input ends and all workers have said so; a worker sends some messages and ends in
// one way or another, and another one takes its place.
import * as zmq from "zmq";
import { below, compose, pack, read, seed, text, unpack } from "./content.js";
import { count, follow, forget, print, ready, wrong } from "./tally.js";

const config = JSON.parse(scriptArgs[1]);
const [place, turn] = [+scriptArgs[2], +scriptArgs[3]]; // of a worker
const context = zmq.Context.shared("soak");
const largest = 1 << 20;

function open(type) {
  const socket = context.socket(type);
  socket.setsockopt(zmq.RCVTIMEO, 60000);
  socket.setsockopt(zmq.SNDTIMEO, 60000);
  return socket;
}

function hub() {
  seed(config.seed);
  const bind = (name, type) => {
    const socket = open(type);
    socket.bind("inproc://" + name);
    return socket;
  };
  const poller = new zmq.Poller();
  const on = (socket, receive) => poller.add(socket, zmq.POLLIN, () => receive(socket));
  let [left, goesOn] = [0, true];
  const begun = {}; // workers that have ended a turn
  const pub = bind("pub", zmq.PUB);
  on(bind("pull", zmq.PULL), (pull) => {
    const parts = pull.recv_multipart();
    if (parts.length === 2) {
      follow("PUSH/PULL, shared", read(parts), true);
      return;
    }
    const [sender, number, end] = parts.map(text);
    begun[sender.split("-")[1]] = true;
    if (Object.keys(begun).length === config.workers) {
      ready(["PUSH/PULL, shared"]);
    }
    const last = forget("PUSH/PULL, shared", sender);
    if (last !== +number) {
      wrong("the last message from " + sender + " is " + last + ", and it has sent " + number);
    }
    left += end === "end" ? 1 : 0;
  });
  on(bind("router", zmq.ROUTER), (router) => {
    const parts = router.recv_multipart();
    count("DEALER/ROUTER, shared", read(parts.slice(-2)).size);
    router.send_multipart(parts, zmq.DONTWAIT);
  });
  if (zmq.has("draft")) {
    on(bind("server", zmq.SERVER), (server) => {
      const message = server.recv_message();
      count("CLIENT/SERVER, shared", read(unpack(message.data)).size);
      server.send_to(message.routing_id, message.data, zmq.DONTWAIT);
    });
  }
  poller.add(0, zmq.POLLIN, () => {
    goesOn = false;
    poller.remove(0);
  });
  let told = Date.now();
  let number = 0;
  while (left < config.workers) {
    pub.send_multipart(goesOn ? compose("hub", number++, 1000) : ["end"], zmq.DONTWAIT);
    (poller.wait_all(32, 20) || []).forEach((event) => {
      try {
        event.user_data();
      } catch (e) {
        wrong(e + "\n" + e.stack);
      }
    });
    if (Date.now() - told >= 1000) {
      told = Date.now();
      print();
    }
  }
  print();
}

function worker() {
  seed(config.seed + 1000 * turn + place);
  const connect = (name, type) => {
    const socket = open(type);
    if (type === zmq.SUB) {
      socket.setsockopt(zmq.SUBSCRIBE, "");
    }
    socket.connect("inproc://" + name);
    return socket;
  };
  const sender = "worker-" + place + "-" + turn;
  const [push, dealer, sub] = [connect("pull", zmq.PUSH), connect("router", zmq.DEALER), connect("pub", zmq.SUB)];
  const client = zmq.has("draft") ? connect("server", zmq.CLIENT) : undefined;
  const answered = (pattern, parts, number) => {
    const message = parts && read(parts);
    if (!message || message.sender !== sender || message.number !== number) {
      wrong(pattern + ": the answer to " + sender + " " + number + " is " + (message && message.sender + " " + message.number));
    }
  };
  let ends = false;
  let i = 0;
  for (const messages = 20 + below(200); i < messages && !ends; i++) {
    push.send_multipart(compose(sender, i, largest));
    dealer.send_multipart(compose(sender, i, largest));
    answered("DEALER/ROUTER, shared", dealer.recv_multipart(), i);
    if (client) {
      client.send(pack(compose(sender, i, largest)));
      answered("CLIENT/SERVER, shared", unpack(client.recv_multipart()[0]), i);
    }
    for (let parts; (parts = sub.recv_multipart(zmq.DONTWAIT)) !== undefined;) {
      ends = ends || parts.length === 1;
      if (parts.length === 2) {
        read(parts);
      }
    }
  }
  push.send_multipart([sender, String(i - 1), ends ? "end" : ""]);
  switch (below(3)) { // else its sockets end with the runtime
    case 0:
      [push, dealer, sub].forEach((socket) => socket.close());
      break;
    case 1:
      context.term();
  }
  if (ends) {
    std.exit(3);
  }
}

if (scriptArgs.length === 2) {
  hub();
} else {
  worker();
}
