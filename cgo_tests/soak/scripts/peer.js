// A server has the binding ends of all patterns, a client the connecting ones: of each server
// that it knows. Both end when standard input does.
import * as zmq from "zmq";
import { below, compose, pack, read, seed, text, unpack } from "./content.js";
import { count, follow, print, ready, wrong } from "./tally.js";

const config = JSON.parse(scriptArgs[1]);
seed(config.seed);
const context = new zmq.Context();
const poller = new zmq.Poller();
const acts = []; // of a client, once a turn
const awaited = []; // patterns in which a client receives
const group = "soak"; // that a RADIO sends to

function open(type, secure) {
  const socket = context.socket(type);
  socket.setsockopt(zmq.LINGER, 0);
  if (type !== zmq.STREAM) {
    socket.setsockopt(zmq.SNDHWM, 4);
    socket.setsockopt(zmq.RCVHWM, 4);
  }
  if (secure && config.role === "server") {
    socket.setsockopt(zmq.CURVE_SERVER, 1);
    socket.setsockopt(zmq.CURVE_SECRETKEY, config.secret);
  } else if (secure) {
    socket.setsockopt(zmq.CURVE_SERVERKEY, secure);
    socket.setsockopt(zmq.CURVE_PUBLICKEY, config.public);
    socket.setsockopt(zmq.CURVE_SECRETKEY, config.secret);
  }
  return socket;
}

// on makes the poller call a function for the messages of a socket.
function on(socket, receive) {
  poller.add(socket, zmq.POLLIN, receive);
}

// take receives after the poller's event. (For a REQ the event may be a late reply to a request
// that was given up, which libzmq drops when it is received.)
function take(socket, form = twoParts) {
  const parts = form.receive(socket);
  if (parts === undefined) {
    throw new Error("a poller reports a message, but there is none: type " + socket.type);
  }
  return parts;
}

// How messages of two parts pass a socket, without waiting; where messages have one part only, packed.
const twoParts = {
  send: (socket, parts) => socket.send_multipart(parts, zmq.DONTWAIT),
  receive: (socket) => socket.recv_multipart(zmq.DONTWAIT),
};
const onePart = {
  send: (socket, parts) => socket.send(pack(parts), zmq.DONTWAIT),
  receive: (socket) => {
    const parts = socket.recv_multipart(zmq.DONTWAIT);
    return parts === undefined ? undefined : unpack(parts[0]);
  },
};
const to = (destination) => ({
  send: (socket, parts) => socket.send_to(destination, pack(parts), zmq.DONTWAIT),
  receive: onePart.receive,
});

// A message that a peer cannot take is lost; the sender sees that.
function echo(socket, form = twoParts) {
  on(socket, () => {
    const parts = take(socket, form);
    read(parts.slice(-2));
    count("served", parts[parts.length - 1].length);
    form.send(socket, parts);
  });
}

// echoByRoutingID is the same for a SERVER and a PEER.
function echoByRoutingID(socket) {
  on(socket, () => {
    const message = socket.recv_message([], zmq.DONTWAIT);
    read(unpack(message.data));
    count("served", message.data.length);
    try {
      socket.send_to(message.routing_id, message.data, zmq.DONTWAIT);
    } catch (e) {
      if (e.code !== "EHOSTUNREACH") throw e; // the client has ended
    }
  });
}

function serve() {
  const endpoints = {};
  const bind = (name, type, secure) => {
    const socket = open(type, secure && config.transport === "tcp");
    socket.bind(config.transport === "tcp" ? "tcp://127.0.0.1:*" : "ipc://" + config.directory + "/" + name);
    endpoints[name] = { endpoint: socket.last_endpoint, key: secure && config.transport === "tcp" ? config.public : "" };
    return socket;
  };
  echo(bind("rep", zmq.REP, true));
  echo(bind("router", zmq.ROUTER, false));
  config.clients.forEach((client) => echo(bind("pair-" + client, zmq.PAIR, false)));
  const pull = bind("pull", zmq.PULL, true);
  collect(named("PUSH/PULL", endpoints.pull.key), pull, twoParts);
  publish(bind("pub", zmq.PUB, false), twoParts);
  const xpub = bind("xpub", zmq.XPUB, true);
  on(xpub, () => count("subscriptions", take(xpub)[0].length));
  publish(xpub, twoParts);
  if (zmq.has("draft")) {
    echoByRoutingID(bind("server", zmq.SERVER, true));
    echoByRoutingID(bind("peer", zmq.PEER, false));
    config.clients.forEach((client) => echo(bind("channel-" + client, zmq.CHANNEL, false), onePart));
    collect(named("SCATTER/GATHER", ""), bind("gather", zmq.GATHER, false), onePart);
    publish(bind("radio", zmq.RADIO, true), to(group));
  }
  if (config.transport === "tcp") {
    const stream = bind("stream", zmq.STREAM, false);
    on(stream, () => {
      const parts = take(stream);
      if (parts[1].length > 0) { // else a connection has begun or ended
        count("served", parts[1].length);
        try {
          stream.send_multipart(parts, zmq.DONTWAIT); // has no room if the connection has ended
        } catch (e) {
          if (e.code !== "EHOSTUNREACH") throw e;
        }
      }
    });
  }
  console.log(JSON.stringify({ ready: endpoints }));
}

// named is the name under which a pattern is counted.
function named(pattern, key) {
  return key ? pattern + ", CURVE" : pattern;
}

// collect follows the messages that clients push.
function collect(pattern, socket, form) {
  on(socket, () => {
    const message = read(take(socket, form));
    follow(pattern, message, config.strict && message.sender.indexOf("stable") === 0);
  });
}

function publish(socket, form) {
  let number = 0;
  acts.push(() => form.send(socket, compose(config.name + "-" + config.epoch, number++)));
}

function attach() {
  config.servers.forEach((server) => {
    const key = (name) => server.endpoints[name].key;
    const make = (name, type) => {
      const socket = open(type, key(name));
      socket.setsockopt(zmq.RECONNECT_IVL, 50);
      return socket;
    };
    const connect = (name, type) => {
      const socket = make(name, type);
      if (type === zmq.REQ) {
        socket.setsockopt(zmq.REQ_RELAXED, 1);
        socket.setsockopt(zmq.REQ_CORRELATE, 1);
      } else if (type === zmq.SUB) {
        socket.setsockopt(zmq.SUBSCRIBE, "");
      }
      socket.connect(server.endpoints[name].endpoint);
      return socket;
    };
    const strict = config.strict && server.strict;
    ask(named("REQ/REP", key("rep")), connect("rep", zmq.REQ), strict, twoParts);
    ask("DEALER/ROUTER", connect("router", zmq.DEALER), strict, twoParts);
    ask("PAIR", connect("pair-" + config.name, zmq.PAIR), strict, twoParts);
    subscribe("PUB/SUB", connect("pub", zmq.SUB), twoParts);
    const xsub = connect("xpub", zmq.XSUB);
    xsub.send(new Uint8Array([1]));
    subscribe(named("XPUB/XSUB", key("xpub")), xsub, twoParts);
    push(connect("pull", zmq.PUSH), twoParts);
    if (server.endpoints.stream) {
      stream(connect("stream", zmq.STREAM));
    }
    if (zmq.has("draft")) {
      ask(named("CLIENT/SERVER", key("server")), connect("server", zmq.CLIENT), strict, onePart);
      ask("CHANNEL", connect("channel-" + config.name, zmq.CHANNEL), strict, onePart);
      const peer = make("peer", zmq.PEER);
      ask("PEER", peer, strict, to(peer.connect_peer(server.endpoints.peer.endpoint)));
      push(connect("gather", zmq.SCATTER), onePart);
      const dish = connect("radio", zmq.DISH);
      dish.join(group);
      subscribe(named("RADIO/DISH", key("radio")), dish, onePart);
    }
  });
}

// ask sends a message, and the next one after the answer; if a peer may have ended, also after a
// timeout.
function ask(pattern, socket, strict, form) {
  awaited.push(pattern);
  const sender = config.name + "-" + config.epoch;
  let number = 0;
  let since = 0; // when the message was sent; 0: there is none
  acts.push(() => {
    if (since !== 0 && Date.now() - since < (strict ? 60000 : 2000)) {
      return;
    }
    if (since !== 0 && strict) {
      wrong(pattern + ": no answer to " + number);
    }
    since = form.send(socket, compose(sender, ++number)) === undefined ? 0 : Date.now();
  });
  on(socket, () => {
    const parts = strict ? take(socket, form) : form.receive(socket);
    if (parts === undefined) {
      return;
    }
    const message = read(parts);
    if (message.sender !== sender || message.number > number || (strict && message.number !== number)) {
      wrong(pattern + ": the answer to " + number + " is " + message.sender + " " + message.number);
    }
    count(pattern, message.size);
    since = message.number === number ? 0 : since;
  });
}

function subscribe(pattern, socket, form) {
  awaited.push(pattern);
  on(socket, () => {
    follow(pattern, read(take(socket, form)), false);
  });
}

function push(socket, form) {
  let number = 0;
  acts.push(() => {
    if (form.send(socket, compose(config.name + "-" + config.epoch + "-" + socket.last_endpoint, number)) !== undefined) {
      number++;
    }
  });
}

// stream sends bytes numbered modulo 251, which are echoed.
function stream(socket) {
  let id;
  let sent = 0;
  let got = 0;
  const numbers = new Uint8Array(251 * 300);
  for (let i = 0; i < numbers.length; i++) {
    numbers[i] = i % 251;
  }
  acts.push(() => {
    if (id === undefined || sent - got > 1 << 20) {
      return;
    }
    const size = 1 + below(70000);
    const bytes = numbers.slice(sent % 251, (sent % 251) + size);
    if (socket.send_multipart([id, bytes], zmq.DONTWAIT) !== undefined) {
      sent += bytes.length;
    }
  });
  on(socket, () => {
    const [from, bytes] = take(socket);
    if (bytes.length === 0) { // a connection has begun or ended
      [id, sent, got] = [from, 0, 0];
      return;
    }
    for (let i = 0; i < bytes.length; i += bytes.length > 2000 ? 97 : 1) {
      if (bytes[i] !== (got + i) % 251) {
        wrong("STREAM: byte " + (got + i) + " is " + bytes[i] + " of " + text(from).length);
        break;
      }
    }
    got += bytes.length;
    count("STREAM", bytes.length);
  });
}

(config.role === "server" ? serve : attach)();
let goesOn = true;
poller.add(0, zmq.POLLIN, () => {
  goesOn = false;
});
let told = Date.now();
while (goesOn) {
  acts.forEach((act) => act());
  const events = poller.wait_all(32, 4) || [];
  events.forEach((event) => {
    try {
      event.user_data();
    } catch (e) {
      wrong(e + "\n" + e.stack);
    }
  });
  if (config.role === "client") {
    ready(awaited);
  }
  if (below(2000) === 0) {
    std.gc();
  }
  if (Date.now() - told >= 1000) {
    told = Date.now();
    print();
  }
}
context[Symbol.dispose]();
print();
