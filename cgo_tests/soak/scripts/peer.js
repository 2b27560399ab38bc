// A server has the binding ends of all patterns, a client the connecting ones: of each server
// that it knows. Both end when standard input does.
import * as zmq from "zmq";
import { below, compose, read, seed, text } from "./content.js";
import { count, follow, print, wrong } from "./tally.js";

const config = JSON.parse(scriptArgs[1]);
seed(config.seed);
const context = new zmq.Context();
const poller = new zmq.Poller();
const acts = []; // of a client, once a turn

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

// on has the poller call a function for what a socket receives.
function on(socket, receive) {
  poller.add(socket, zmq.POLLIN, receive);
}

// take receives what the poller has told of. (For a REQ it tells of late replies too, to requests
// that were given up; libzmq drops them when they are received.)
function take(socket) {
  const parts = socket.recv_multipart(zmq.DONTWAIT);
  if (parts === undefined) {
    throw new Error("a poller tells of a message that is not there: type " + socket.type);
  }
  return parts;
}

// A message that a peer cannot take is lost; the sender sees that.
function echo(socket) {
  on(socket, () => {
    const parts = take(socket);
    read(parts.slice(-2));
    count("served", parts[parts.length - 1].length);
    socket.send_multipart(parts, zmq.DONTWAIT);
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
  on(pull, () => {
    const message = read(take(pull));
    follow("PUSH/PULL", message, config.strict && message.sender.indexOf("stable") === 0);
  });
  publish(bind("pub", zmq.PUB, false));
  const xpub = bind("xpub", zmq.XPUB, true);
  on(xpub, () => count("subscriptions", take(xpub)[0].length));
  publish(xpub);
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

function publish(socket) {
  let number = 0;
  acts.push(() => socket.send_multipart(compose(config.name + "-" + config.epoch, number++), zmq.DONTWAIT));
}

function attach() {
  config.servers.forEach((server) => {
    const connect = (name, type) => {
      const { endpoint, key } = server.endpoints[name];
      const socket = open(type, key);
      if (type === zmq.REQ) {
        socket.setsockopt(zmq.REQ_RELAXED, 1);
        socket.setsockopt(zmq.REQ_CORRELATE, 1);
      } else if (type === zmq.SUB) {
        socket.setsockopt(zmq.SUBSCRIBE, "");
      }
      socket.setsockopt(zmq.RECONNECT_IVL, 50);
      socket.connect(endpoint);
      return socket;
    };
    const strict = config.strict && server.strict;
    ask("REQ/REP", connect("rep", zmq.REQ), strict);
    ask("DEALER/ROUTER", connect("router", zmq.DEALER), strict);
    ask("PAIR", connect("pair-" + config.name, zmq.PAIR), strict);
    subscribe("PUB/SUB", connect("pub", zmq.SUB));
    const xsub = connect("xpub", zmq.XSUB);
    xsub.send(new Uint8Array([1]));
    subscribe("XPUB/XSUB", xsub);
    push(connect("pull", zmq.PUSH));
    if (server.endpoints.stream) {
      stream(connect("stream", zmq.STREAM));
    }
  });
}

// ask sends a message, and the next one when it has come back; where a peer may have ended,
// also when that takes long.
function ask(pattern, socket, strict) {
  const sender = config.name + "-" + config.epoch;
  let number = 0;
  let since = 0; // when the message was sent; 0: none is under way
  acts.push(() => {
    if (since !== 0 && Date.now() - since < (strict ? 60000 : 2000)) {
      return;
    }
    if (since !== 0 && strict) {
      wrong(pattern + ": no answer to " + number);
    }
    since = socket.send_multipart(compose(sender, ++number), zmq.DONTWAIT) === undefined ? 0 : Date.now();
  });
  on(socket, () => {
    const parts = strict ? take(socket) : socket.recv_multipart(zmq.DONTWAIT);
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

function subscribe(pattern, socket) {
  on(socket, () => {
    follow(pattern, read(take(socket)), false);
  });
}

function push(socket) {
  let number = 0;
  acts.push(() => {
    if (socket.send_multipart(compose(config.name + "-" + config.epoch + "-" + socket.last_endpoint, number), zmq.DONTWAIT) !== undefined) {
      number++;
    }
  });
}

// stream sends bytes that are numbered modulo 251, which come back the same.
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
