// The model's records of contexts, sockets, links and pollers.
import * as zmq from "zmq";
import { attempt, fail, refuses, returns, same } from "./check.js";
import { oneIn, pick } from "./random.js";
import { directory } from "./settings.js";

export const canDispose = typeof Symbol === "function" && typeof Symbol.dispose === "symbol" &&
  typeof zmq.Context.prototype[Symbol.dispose] === "function";

export const world = { contexts: [], links: [], wild: [], pollers: [], closed: [], ended: [], gone: [] };
let names = 0;
let senders = 0;

export function clear() {
  Object.keys(world).forEach((key) => {
    world[key] = [];
  });
  senders = 0;
}

export function fresh() {
  return ++names;
}

export function ipcPath() {
  return "ipc://" + directory + "/" + fresh();
}

export function newContext() {
  const made = { context: new zmq.Context(), state: "open", sockets: [], droppedOnes: [] };
  if (oneIn(4)) {
    returns(() => made.context.set(zmq.IO_THREADS, 2), 0, "set(IO_THREADS)");
  }
  world.contexts.push(made);
  return made;
}

// A socket's state is "open", "shut" (its context is shut down), "closed" or "dropped".
export function newSocket(home, type) {
  const linger = pick([0, 0, 10]);
  const made = {
    socket: home.context.socket(zmq[type]), type, home, state: "open", sender: ++senders, number: 0, known: true,
    link: null, partial: null, sending: null, names: [], bound: [], id: null,
  };
  home.sockets.push(made);
  returns(() => made.socket.setsockopt(zmq.LINGER, linger), 0, "setsockopt(LINGER)");
  return made;
}

export function openSockets() {
  let all = world.wild.slice();
  world.links.forEach((link) => {
    all = all.concat([link.a, link.b].filter((end) => end.state === "open" || end.state === "shut"));
  });
  return all;
}

// leave notes that a socket has left its former state.
export function leave(record, state) {
  record.state = state;
  if (record.link) {
    record.link.loose = true;
  }
  if (state === "shut") {
    return;
  }
  record.home.sockets = record.home.sockets.filter((other) => other !== record);
  world.wild = world.wild.filter((other) => other !== record);
  world.links = world.links.filter((link) => [link.a, link.b].some((end) => end.state === "open" || end.state === "shut"));
  if (state === "closed") {
    world.closed.push(record);
    world.closed = world.closed.slice(-20);
  }
}

export function close(record, linger) {
  if (linger !== undefined && record.state === "shut") {
    attempt(() => record.socket.close(linger), ["ETERM"], "close(linger) after shutdown()");
  }
  returns(() => (linger === undefined || record.state === "shut" ? record.socket.close() : record.socket.close(linger)), 0, "close()");
  same(record.socket.closed, true, "closed after close()");
  leave(record, "closed");
}

// drop forgets a socket, which its pollers may still know.
export function drop(record) {
  record.unsure = record.state === "shut"; // a poller may throw ETERM for its sake
  leave(record, "dropped");
  record.home.droppedOnes.push(record);
  record.socket = null;
}

const calls = {
  bind: ["inproc://x"], unbind: ["inproc://x"], connect: ["inproc://x"], disconnect: ["inproc://x"],
  send: ["x", 1], send_multipart: [["x"], 1], recv: [1], recv_int: [1], recv_str: [1],
  recv_uint8ffarray: [1], recv_multipart: [1], recv_into: [new Uint8Array(1), 0, 1], recv_event: [1],
  monitor: ["inproc://x"], setsockopt: [zmq.LINGER, 0], getsockopt: [zmq.LINGER],
  getsockopt_int: [zmq.LINGER], getsockopt_str: [zmq.LAST_ENDPOINT], getsockopt_uint8ffarray: [zmq.ROUTING_ID],
};

export function visitClosed(record) {
  const socket = record.socket;
  Object.keys(calls).forEach((name) => {
    refuses(() => socket[name].apply(socket, calls[name]), "ENOTSOCK", name + "() of a closed socket");
  });
  ["last_endpoint", "fd", "events"].forEach((name) => {
    refuses(() => socket[name], "ENOTSOCK", name + " of a closed socket");
  });
  returns(() => socket.close(), 0, "a second close()");
  same(socket.closed, true, "closed of a closed socket");
  same(socket.type, zmq[record.type], "type of a closed socket");
}

// shut shuts a context down. libzmq's sockets note that when they look at their commands, as
// they do for events.
export function shut(home) {
  returns(() => home.context.shutdown(), 0, "shutdown()");
  home.state = "shut";
  refuses(() => home.context.socket(zmq.PAIR), "ETERM", "socket() after shutdown()");
  home.sockets.slice().forEach((record) => {
    refuses(() => record.socket.events, "ETERM", "events after shutdown()");
    leave(record, "shut");
    visitShut(record);
  });
  home.droppedOnes.forEach((record) => {
    record.unsure = true;
  });
}

export function visitShut(record) {
  const socket = record.socket;
  ["bind", "connect", "unbind", "disconnect", "send_multipart", "recv", "recv_multipart", "send"].forEach((name) => {
    refuses(() => socket[name].apply(socket, calls[name]), "ETERM", name + "() after shutdown()");
  });
  refuses(() => socket.last_endpoint, "ETERM", "last_endpoint after shutdown()");
  same(socket.closed, false, "closed after shutdown()");
  same(socket.type, zmq[record.type], "type after shutdown()");
}

// end ends a context: its sockets first, or with it.
export function end(home, disposing) {
  const dispose = canDispose && (disposing || home.droppedOnes.length > 0);
  if (!dispose && home.droppedOnes.length > 0) {
    return; // term() would wait for the collector
  }
  const sockets = home.sockets.slice();
  if (dispose) {
    home.context[Symbol.dispose]();
    sockets.forEach((record) => {
      same(record.socket.closed, true, "closed of a socket whose context was disposed of");
      leave(record, "closed");
    });
    home.droppedOnes.forEach((record) => {
      record.state = "closed";
    });
  } else {
    sockets.forEach((record) => close(record));
    returns(() => home.context.term(), 0, "term()");
  }
  home.state = "ended";
  world.contexts = world.contexts.filter((other) => other !== home);
  world.ended = world.ended.concat([home]).slice(-5);
  visitEnded(home);
}

export function visitEnded(home) {
  same(home.context.closed, true, "closed of an ended context");
  refuses(() => home.context.socket(zmq.PAIR), "EFAULT", "socket() of an ended context");
  refuses(() => home.context.set(zmq.MAX_SOCKETS, 10), "EFAULT", "set() of an ended context");
  refuses(() => home.context.get(zmq.MAX_SOCKETS), "EFAULT", "get() of an ended context");
  refuses(() => home.context.shutdown(), "EFAULT", "shutdown() of an ended context");
  returns(() => home.context.term(), 0, "a second term()");
}

export function properties(record) {
  same(record.socket.type, zmq[record.type], "type");
  same(record.socket.closed, record.state === "closed", "closed");
  if (record.state !== "open") {
    return;
  }
  if (record.last !== undefined) {
    same(record.socket.last_endpoint, record.last, "last_endpoint");
  }
  const events = record.socket.events;
  if ((events & ~(zmq.POLLIN | zmq.POLLOUT)) !== 0 || !(record.socket.fd > 2)) {
    fail("events " + events + ", fd " + record.socket.fd);
  }
}
