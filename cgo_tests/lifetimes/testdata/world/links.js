// Links: two sockets that are connected only with each other, so that the model knows the messages
// under way between them.
import * as zmq from "zmq";
import { attempt, fail, refuses, returns, same } from "./check.js";
import { compose, encode, identify, total, verify } from "./content.js";
import { below, oneIn, pick } from "./random.js";
import { fresh, ipcPath, newSocket, world } from "./world.js";

const kinds = [
  { name: "pair", a: "PAIR", b: "PAIR", back: true, plain: true },
  { name: "pipeline", a: "PUSH", b: "PULL", plain: true },
  { name: "dealers", a: "DEALER", b: "DEALER", back: true, plain: true },
  { name: "routed", a: "DEALER", b: "ROUTER", back: true },
  { name: "request", a: "REQ", b: "REP", back: true },
  { name: "published", a: "XPUB", b: "SUB" },
  { name: "relayed", a: "XPUB", b: "XSUB" },
];
const limits = [0, 0, 1, 2, 3, 10];
const mostQueued = 60;

function isReady(link) {
  return link.kind.a !== "XPUB" || link.subscribed;
}

// newLink makes both sockets and connects them, in any order over inproc.
export function newLink(contexts) {
  const kind = pick(kinds);
  const transport = pick(["inproc", "inproc", "ipc", "tcp"]);
  const first = pick(contexts);
  const second = transport === "inproc" ? first : pick(contexts);
  const late = transport === "inproc" && oneIn(4);
  const bindsA = oneIn(2);
  const link = {
    kind, exact: transport === "inproc", loose: false, subscribed: false, toA: [], toB: [], limitToA: 0, limitToB: 0,
  };
  link.a = newSocket(first, kind.a);
  link.b = newSocket(second, kind.b);
  link.a.link = link.b.link = link;
  [link.a, link.b].forEach((end) => {
    const [sending, receiving] = [pick(limits), pick(limits)];
    end.limits = [1000, 1000];
    if (kind.plain && !late) {
      returns(() => end.socket.setsockopt(zmq.SNDHWM, sending), 0, "setsockopt(SNDHWM)");
      returns(() => end.socket.setsockopt(zmq.RCVHWM, receiving), 0, "setsockopt(RCVHWM)");
      end.limits = [sending, receiving];
    }
    if (transport === "tcp") {
      end.socket.setsockopt(zmq.RECONNECT_IVL, -1); // or it would try a port that is another's later
    }
  });
  link.limitToB = limit(link.a, link.b);
  link.limitToA = limit(link.b, link.a);
  if (kind.b === "SUB") {
    returns(() => link.b.socket.setsockopt(zmq.SUBSCRIBE, ""), 0, "setsockopt(SUBSCRIBE)");
  }
  connect(bindsA ? link.a : link.b, bindsA ? link.b : link.a, transport, late);
  if (kind.b === "XSUB") {
    attempt(() => link.b.socket.send(new Uint8Array([1]), zmq.DONTWAIT), [], "subscribing");
  }
  world.links.push(link);
}

function limit(sender, receiver) {
  const [sending, receiving] = [sender.limits[0], receiver.limits[1]];
  return sending === 0 || receiving === 0 ? 0 : sending + receiving;
}

function connect(binder, other, transport, late) {
  let endpoint = "tcp://127.0.0.1:*";
  if (transport === "inproc") {
    endpoint = "inproc://link-" + fresh();
  } else if (transport === "ipc") {
    endpoint = ipcPath();
  }
  if (late) {
    returns(() => other.socket.connect(endpoint), 0, "connect() before bind()");
  }
  returns(() => binder.socket.bind(endpoint), 0, "bind(" + endpoint + ")");
  binder.last = binder.socket.last_endpoint;
  if (transport === "tcp" ? !/^tcp:\/\/127\.0\.0\.1:[0-9]+$/.test(binder.last) : binder.last !== endpoint) {
    fail("last_endpoint after bind(" + endpoint + ") is " + binder.last);
  }
  if (!late) {
    returns(() => other.socket.connect(binder.last), 0, "connect(" + binder.last + ")");
  }
  other.last = binder.last;
}

function queueOf(link, receiver) {
  return receiver === link.a ? link.toA : link.toB;
}

// mayReceive and maySend return what the state of REQ and REP permits.
function mayReceive(end) {
  return end.type !== "REQ" && end.type !== "REP" ? true : end.type === "REQ" ? end.turn === 1 : !end.turn;
}

function maySend(end) {
  return end.type !== "REQ" && end.type !== "REP" ? true : end.type === "REQ" ? !end.turn : end.turn === 1;
}

export function randomSizes() {
  const sizes = [];
  const count = oneIn(3) ? 2 + below(4) : 1;
  for (let i = 0; i < count; i++) {
    sizes.push(below(200));
  }
  if (oneIn(12)) {
    sizes[below(count)] = 1000 + below(80000);
  }
  if (oneIn(150)) {
    sizes[below(count)] = 1000000 + below(3000000);
  }
  if (count > 1 && oneIn(4)) {
    sizes[count - 1] = 0;
  }
  return sizes;
}

// fullness returns whether the queue of a receiver is certainly full, or certainly not; undefined:
// libzmq notices received messages in batches of half the receiver's limit. A message that is received
// in part has left libzmq.
function fullness(queue, receiver, limited) {
  const length = receiver.partial ? queue.length - 1 : queue.length;
  if (limited === 0 || length + Math.floor((limited + 1) / 2) <= limited) {
    return false;
  }
  return length >= limited ? true : undefined;
}

export function send(end) {
  const link = end.link;
  const sizes = randomSizes();
  const kind = below(4);
  const apart = oneIn(4);
  const receiver = end === link.a ? link.b : link.a;
  const queue = queueOf(link, receiver);
  if (end.sending) {
    return sendPart(link, end, receiver, queue);
  }
  const message = compose(end.sender, end.number, sizes);
  if (end === link.b && !link.kind.back) {
    if (end.type === "PULL" || end.type === "SUB") {
      refuses(() => end.socket.send_multipart(["x"], zmq.DONTWAIT), "ENOTSUP", end.type + ".send_multipart()");
    }
    return undefined;
  }
  if (queue.length >= mostQueued || (link.loose && message.number > 100000)) {
    return undefined;
  }
  const parts = sizes.map((size, part) => encode(message, part, kind));
  if (!maySend(end)) {
    refuses(() => end.socket.send_multipart(parts, zmq.DONTWAIT), "EFSM", end.type + ".send_multipart() out of turn");
    return undefined;
  }
  if (end.type === "ROUTER") {
    if (end.id === null) {
      return undefined;
    }
    parts.unshift(end.id);
  }
  const full = fullness(queue, receiver, end === link.a ? link.limitToB : link.limitToA);
  const known = link.exact && !link.loose && link.kind.plain;
  if (known) {
    checkEvent(end, zmq.POLLOUT, full === undefined ? undefined : !full);
  }
  end.number++;
  if (apart && link.kind.plain && parts.length > 1) {
    end.sending = { message, next: 0, kind };
    return sendPart(link, end, receiver, queue);
  }
  const sent = attempt(() => end.socket.send_multipart(parts, zmq.DONTWAIT), [], end.type + ".send_multipart()").value;
  const size = total(message) + (end.type === "ROUTER" ? end.id.length : 0);
  if (sent !== size && (sent !== undefined || (known && full === false))) {
    fail(end.type + ".send_multipart() returns " + sent + " with " + queue.length + " messages queued, limit " + limit);
  }
  if (sent !== undefined && known && full === true) {
    fail(end.type + ".send_multipart() finds room where " + queue.length + " messages are queued");
  }
  if (sent !== undefined) {
    noteSent(link, end, queue, message);
  }
  return undefined;
}

function noteSent(link, end, queue, message) {
  if (end.type === "REQ" || end.type === "REP") {
    end.turn = end.type === "REQ" ? 1 : 0;
  }
  if (isReady(link)) {
    queue.push(message);
  } else {
    link.early = true; // a socket that has not subscribed yet may get it or not
    queue.push({ sender: message.sender, number: message.number, sizes: message.sizes, early: true });
  }
}

function sendPart(link, end, receiver, queue) {
  const sending = end.sending;
  const part = sending.next++;
  const last = part === sending.message.sizes.length - 1;
  const value = encode(sending.message, part, sending.kind);
  const sent = attempt(() => end.socket.send(value, zmq.DONTWAIT | (last ? 0 : zmq.SNDMORE)), [], end.type + ".send()").value;
  if (sent === undefined) {
    if (part > 0 && !link.loose) {
      fail(end.type + ".send() of part " + part + " finds no room");
    }
    end.sending = null;
    return;
  }
  same(sent, sending.message.sizes[part], end.type + ".send() of part " + part);
  if (last) {
    end.sending = null;
    queue.push(sending.message);
  }
}

// checkEvent compares one of the socket's events with the model.
function checkEvent(end, event, want) {
  const got = (end.socket.events & event) !== 0;
  if (want !== undefined && got !== want) {
    fail(end.type + ".events " + (got ? "has " : "lacks ") + event);
  }
}

// hasInput returns the expected poller events; undefined: either.
export function hasInput(end) {
  const link = end.link;
  if (!link || !link.exact || link.loose || !link.kind.plain) {
    return undefined;
  }
  if (end.type === "PUSH") {
    return false;
  }
  return queueOf(link, end).length > 0;
}

// receive takes a message or a part, in one of several ways. must: there is something.
export function receive(end, must) {
  const way = below(5);
  const link = end.link;
  const queue = queueOf(link, end);
  if (end.type === "PUSH") {
    refuses(() => end.socket.recv(zmq.DONTWAIT), "ENOTSUP", "PUSH.recv()");
    return undefined;
  }
  if (end.partial) {
    return receiveRest(end, queue, way);
  }
  if (!mayReceive(end)) {
    refuses(() => end.socket.recv_multipart(zmq.DONTWAIT), "EFSM", end.type + ".recv_multipart() out of turn");
    return undefined;
  }
  if (end.type === "XPUB" || end.type === "ROUTER") {
    return receiveEnveloped(end, queue, must);
  }
  const certain = hasInput(end);
  if (certain !== undefined && way < 2) {
    checkEvent(end, zmq.POLLIN, certain);
  }
  const got = receivePart(end, way);
  if (got === undefined) {
    if (must || certain) {
      fail(end.type + " receives nothing, where " + queue.length + " messages are queued");
    }
    return undefined;
  }
  const message = expected(end, queue, got);
  verify(got, message, 0, end.type);
  end.partial = { message, next: 1 };
  finish(end, queue);
  if (way !== 4 && end.partial) {
    receiveRest(end, queue, way);
  }
  return true;
}

// expected is the message of a first part.
function expected(end, queue, got) {
  const found = identify(got);
  if (found === null) {
    fail(end.type + " receives what nobody has sent, of length " + got.length);
  }
  while (queue.length > 0 && (end.link.loose || queue[0].early) && queue[0].number !== found.number) {
    queue.shift();
  }
  if (queue.length === 0 || queue[0].number !== found.number || queue[0].sender !== found.sender) {
    fail(end.type + " receives message " + found.sender + "." + found.number + " instead of " +
      (queue.length > 0 ? queue[0].sender + "." + queue[0].number : "none"));
  }
  return queue[0];
}

function receivePart(end, way) {
  const socket = end.socket;
  switch (way) {
    case 0:
      return attempt(() => socket.recv_str(zmq.DONTWAIT), [], end.type + ".recv_str()").value;
    case 1: {
      const expects = end.partial || { message: queueOf(end.link, end)[0], next: 0 };
      if (end.link.loose || end.link.early) {
        break; // their order is not known
      }
      const buffer = new Uint8Array(7 + (expects.message ? expects.message.sizes[expects.next] : 0));
      const size = attempt(() => socket.recv_into(buffer, 7, zmq.DONTWAIT), [], end.type + ".recv_into()").value;
      return size === undefined ? undefined : buffer.subarray(7, 7 + size);
    }
  }
  return attempt(() => socket.recv(zmq.DONTWAIT), [], end.type + ".recv()").value;
}

// finish notes a message whose last part was received.
function finish(end, queue) {
  const more = end.socket.getsockopt(zmq.RCVMORE);
  const wanted = end.partial.next < end.partial.message.sizes.length ? 1 : 0;
  same(more, wanted, end.type + ".RCVMORE after part " + (end.partial.next - 1));
  if (wanted === 0) {
    end.partial = null;
    queue.shift();
    if (end.type === "REQ" || end.type === "REP") {
      end.turn = end.type === "REQ" ? 0 : 1;
    }
  }
}

// receiveRest receives the remaining parts, which must all exist, except those that libzmq drops
// with a connection closed by the other end.
function receiveRest(end, queue, way) {
  const message = end.partial.message;
  if (way === 3) {
    const rest = attempt(() => end.socket.recv_multipart(zmq.DONTWAIT), [], end.type + ".recv_multipart()").value;
    if (rest === undefined) {
      return lacks(end, queue);
    }
    same(rest.length, message.sizes.length - end.partial.next, "how many parts are left");
    rest.forEach((part, i) => verify(part, message, end.partial.next + i, end.type));
    end.partial.next = message.sizes.length;
    finish(end, queue);
    return true;
  }
  do {
    const got = receivePart(end, way);
    if (got === undefined) {
      return lacks(end, queue);
    }
    verify(got, message, end.partial.next, end.type);
    end.partial.next++;
    finish(end, queue);
  } while (end.partial && way !== 4);
  return true;
}

function lacks(end, queue) {
  if (!end.link.loose) {
    fail(end.type + " lacks part " + end.partial.next + " of a message");
  }
  end.partial = null;
  queue.shift();
  return undefined;
}

// receiveEnveloped takes a whole message of a ROUTER, or of an XPUB a subscription.
function receiveEnveloped(end, queue, must) {
  const parts = attempt(() => end.socket.recv_multipart(zmq.DONTWAIT), [], end.type + ".recv_multipart()").value;
  if (parts === undefined) {
    if (must || (end.type === "ROUTER" && end.link.exact && !end.link.loose && queue.length > 0)) {
      fail(end.type + " receives nothing");
    }
    return undefined;
  }
  if (end.type === "XPUB") {
    same(parts.length, 1, "parts of a subscription");
    same(parts[0].length, 1, "length of a subscription");
    end.link.subscribed = parts[0][0] === 1;
    return true;
  }
  end.id = parts.shift();
  const message = expected(end, queue, parts[0]);
  same(parts.length, message.sizes.length, "parts of a message of ROUTER");
  parts.forEach((part, i) => verify(part, message, i, end.type));
  queue.shift();
  return true;
}

// settle waits for messages under way.
export function settle(end) {
  const link = end.link;
  if (link.loose || end.partial || end.type === "XPUB" || end.type === "ROUTER" || queueOf(link, end).length === 0 ||
    queueOf(link, end)[0].early || !mayReceive(end)) {
    return;
  }
  const poller = new zmq.Poller();
  poller.add(end.socket, zmq.POLLIN);
  const event = poller.wait(20000);
  if (event === null || event.socket !== end.socket || event.events !== zmq.POLLIN) {
    fail(end.type + ": a poller finds " + (event === null ? "nothing" : event.events));
  }
  const message = queueOf(link, end)[0];
  const parts = attempt(() => end.socket.recv_multipart(), [], end.type + ".recv_multipart()").value;
  same(parts.length, message.sizes.length, "parts of " + end.type);
  parts.forEach((part, i) => verify(part, message, i, end.type));
  end.partial = { message, next: message.sizes.length };
  finish(end, queueOf(link, end));
}
