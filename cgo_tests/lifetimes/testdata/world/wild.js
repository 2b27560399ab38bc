// Sockets that are bound and connected in any way. Received messages are whole, were sent, and
// arrive once; libzmq decides whether they arrive.
import * as zmq from "zmq";
import { attempt, fail, refuses, returns, same } from "./check.js";
import { compose, encode, identify, total, verify } from "./content.js";
import { randomSizes } from "./links.js";
import { below, oneIn, pick } from "./random.js";
import { ipcPath, newSocket, world } from "./world.js";

const types = ["PAIR", "PUB", "SUB", "REQ", "REP", "DEALER", "ROUTER", "PULL", "PUSH", "XPUB", "XSUB", "STREAM"];
const peers = {
  PAIR: ["PAIR"], PUB: ["SUB", "XSUB"], SUB: ["PUB", "XPUB"], REQ: ["REP", "ROUTER"], REP: ["REQ", "DEALER"],
  DEALER: ["REP", "DEALER", "ROUTER"], ROUTER: ["REQ", "DEALER", "ROUTER"], PULL: ["PUSH"], PUSH: ["PULL"],
  XPUB: ["SUB", "XSUB"], XSUB: ["PUB", "XPUB"],
};
const once = ["DEALER", "SUB", "PUB", "REQ"];
const turns = ["REQ", "REP"];
let received = {};

export function forgetReceived() {
  received = {};
}

export function newWild(contexts) {
  const type = pick(types);
  const topic = pick(["", "#", "#1"]);
  const made = newSocket(pick(contexts), type);
  made.socket.setsockopt(zmq.RECONNECT_IVL, -1);
  if (type === "SUB") {
    returns(() => made.socket.setsockopt(zmq.SUBSCRIBE, topic), 0, "setsockopt(SUBSCRIBE)");
  }
  world.wild.push(made);
}

function inprocName(type) {
  return "inproc://wild-" + type + "-" + below(2);
}

// libzmq aborts if unbind() or disconnect() meets a message of several parts under way over tcp or
// ipc: so such messages are not sent there, and types that add parts keep their connections.
const adding = ["REQ", "REP", "DEALER", "ROUTER", "STREAM"];

function isRemote(name) {
  return name.slice(0, 6) !== "inproc";
}

// The names under which a socket can end a connection or binding, with how it has them.
function add(record, name, how) {
  record.names.push({ name, how });
  record.remote = record.remote || isRemote(name);
}

export function bind(record) {
  const transport = record.type === "STREAM" ? "tcp" : pick(["inproc", "ipc", "tcp"]);
  const name = inprocName(record.type);
  if (transport === "inproc") {
    const owned = world.wild.some((other) => other.home === record.home && other.names.some((n) => n.name === name && n.how === "bound"));
    // The name of a closed socket stays taken for a moment.
    const got = attempt(() => record.socket.bind(name), ["EADDRINUSE"], "bind(" + name + ")");
    if (owned) {
      same(got.code, "EADDRINUSE", "bind(" + name + ") of a name in use");
    } else if (got.code === undefined) {
      add(record, name, "bound");
      record.last = name;
    }
    return;
  }
  const endpoint = transport === "tcp" ? "tcp://127.0.0.1:*" : ipcPath();
  returns(() => record.socket.bind(endpoint), 0, "bind(" + endpoint + ")");
  record.last = record.socket.last_endpoint;
  add(record, record.last, "bound");
}

export function connect(record) {
  const remote = oneIn(2) || record.type === "STREAM";
  const type = pick(peers[record.type] || ["STREAM"]);
  const name = inprocName(type);
  const known = world.wild.some((other) => other.home === record.home && other.names.some((n) => n.name === name && n.how === "bound"));
  // libzmq can abort on the bytes of a STREAM if it takes them for ZMTP of version 1.
  const bound = [];
  world.wild.forEach((other) => other.names.forEach((n) => {
    if (n.how === "bound" && isRemote(n.name) && (record.type === "STREAM") === (other.type === "STREAM")) {
      bound.push(n.name);
    }
  }));
  const endpoint = remote && bound.length > 0 ? pick(bound) : name;
  // libzmq aborts if a connection over inproc is ended before the other end is bound.
  if (endpoint === name && (record.type === "STREAM" || !known)) {
    return;
  }
  returns(() => record.socket.connect(endpoint), 0, "connect(" + endpoint + ")");
  // Some types make no second connection.
  if (endpoint === name || once.indexOf(record.type) < 0 || !record.names.some((n) => n.name === endpoint)) {
    record.last = endpoint;
  }
  add(record, endpoint, "connected");
}

export function disconnect(record) {
  const method = pick(["unbind", "disconnect"]);
  const stranger = oneIn(4);
  const known = record.names.length > 0 ? pick(record.names) : null;
  if (stranger || known === null) {
    const unknown = pick(["inproc://stranger", "ipc:///nonexistent/stranger", "tcp://127.0.0.1:1"]);
    refuses(() => record.socket[method](unknown), "ENOENT", method + "(" + unknown + ")");
    return;
  }
  const inproc = !isRemote(known.name);
  if (!inproc && adding.indexOf(record.type) >= 0) {
    return;
  }
  // A connection ends when the other end has closed it and does not connect again, and with it what is bound there.
  const connected = record.names.some((n) => n.name === known.name && n.how === "connected");
  const got = attempt(() => record.socket[method](known.name), connected ? ["ENOENT"] : [], method + "(" + known.name + ")");
  if (got.code === undefined) {
    same(got.value, 0, method + "()");
  }
  record.partial = null;
  const all = record.names;
  const hasBound = all.some((n) => n.name === known.name && n.how === "bound");
  record.names = all.filter((n) => n.name !== known.name || (inproc && hasBound && n.how === "connected"));
}

export function send(record) {
  const sizes = randomSizes();
  const kind = below(4);
  if (record.remote) {
    sizes.length = 1;
  }
  const message = compose(record.sender, record.number, sizes);
  const parts = sizes.map((size, part) => encode(message, part, kind));
  const routed = record.type === "ROUTER" || record.type === "STREAM";
  if (routed) {
    parts.unshift(record.id || "nobody");
  }
  if (record.type === "STREAM" && parts.length > 2) {
    parts.length = 2; // a part each time
  }
  const socket = record.socket;
  if (record.type === "SUB" || record.type === "PULL") {
    refuses(() => socket.send_multipart(parts, zmq.DONTWAIT), "ENOTSUP", record.type + ".send_multipart()");
    return;
  }
  const allowed = record.type === "STREAM" ? ["EHOSTUNREACH"] : turns.indexOf(record.type) >= 0 ? ["EFSM"] : [];
  const got = attempt(() => socket.send_multipart(parts, zmq.DONTWAIT), allowed, record.type + ".send_multipart()");
  if (got.value !== undefined) {
    if (!routed) {
      same(got.value, total(message), record.type + ".send_multipart()");
    }
    record.number++;
  }
}

// receive takes a whole message. must: there is one.
export function receive(record, must) {
  const socket = record.socket;
  if (record.type === "PUSH" || record.type === "PUB") {
    refuses(() => socket.recv_multipart(zmq.DONTWAIT), "ENOTSUP", record.type + ".recv_multipart()");
    return;
  }
  const allowed = turns.indexOf(record.type) >= 0 ? ["EFSM"] : [];
  const got = attempt(() => socket.recv_multipart(zmq.DONTWAIT), allowed, record.type + ".recv_multipart()");
  if (got.value === undefined) {
    if (must && record.type !== "REP") { // which drops messages of a DEALER without an envelope
      fail(record.type + " receives nothing, of which a poller has told" + (got.code ? ": " + got.code : ""));
    }
    return;
  }
  const parts = got.value;
  same(socket.getsockopt(zmq.RCVMORE), 0, "RCVMORE after recv_multipart()");
  if (record.type === "ROUTER" || record.type === "STREAM") {
    record.id = parts[0];
  }
  if (record.type !== "STREAM") {
    whole(record, parts);
  }
}

function whole(record, parts) {
  let begin = 0;
  while (begin < parts.length && identify(parts[begin]) === null) {
    begin++;
  }
  if (begin === parts.length) {
    if (record.type !== "XPUB" && record.type !== "ROUTER") {
      fail(record.type + " receives " + parts.length + " parts that nobody has sent");
    }
    return;
  }
  const message = identify(parts[begin]);
  same(parts.length - begin, message.sizes.length, "parts of a message of " + record.type);
  message.sizes.forEach((size, i) => verify(parts[begin + i], message, i, record.type));
  const name = message.sender + "." + message.number;
  const published = ["SUB", "XSUB", "XPUB"].indexOf(record.type) >= 0;
  if (!published && received[name]) {
    fail(record.type + " receives " + name + " a second time");
  }
  received[name] = true;
}
