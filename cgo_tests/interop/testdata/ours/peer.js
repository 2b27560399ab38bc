// Our side: ../README.md lists the steps.
import * as std from "std";
import * as zmq from "zmq";
import { fromHex, toHex } from "./hex.js";
import { isLarge, large } from "./large.js";

const [type, ...steps] = scriptArgs.slice(1);
const context = new zmq.Context();
const patience = 120000; // more than any busy machine takes

function open(type) {
  const socket = context.socket(zmq[type]);
  socket.setsockopt(zmq.RCVTIMEO, patience);
  socket.setsockopt(zmq.SNDTIMEO, patience);
  // A subscriber would keep its subscriptions for a publisher that has left.
  socket.setsockopt(zmq.LINGER, type.endsWith("SUB") ? 0 : patience);
  return socket;
}

function send(socket, parts) {
  parts.forEach((part, i) => {
    const flags = i < parts.length - 1 ? zmq.SNDMORE : 0;
    if (socket.send(part, flags) === undefined) throw new Error("no peer takes the message");
  });
}

function recv(socket) {
  const parts = [];
  do {
    const part = socket.recv();
    if (part === undefined) throw new Error("no message comes");
    parts.push(part);
  } while (socket.getsockopt(zmq.RCVMORE));
  return parts;
}

function sleep(milliseconds) {
  const poller = new zmq.Poller();
  const idle = context.socket(zmq.PAIR);
  poller.add(idle, zmq.POLLIN);
  poller.wait(milliseconds);
  poller.remove(idle);
  idle.close();
}

const socket = open(type);
let zap;
if (steps.some((step) => step.startsWith("zap:"))) {
  zap = open("REP");
  zap.setsockopt(zmq.LINGER, 0);
  zap.bind("inproc://zeromq.zap.01");
}
let failures;
if (steps.includes("failed")) {
  failures = socket.monitor(
    zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL | zmq.EVENT_HANDSHAKE_FAILED_AUTH,
  );
  failures.setsockopt(zmq.RCVTIMEO, patience);
}
let id;

const does = {
  set(setting) {
    const [, name, value] = setting.match(/^(\w+)=(.*)$/);
    socket.setsockopt(zmq[name], /^\d+$/.test(value) ? Number(value) : value);
  },
  bind(endpoint) {
    socket.bind(endpoint);
    return socket.getsockopt_str(zmq.LAST_ENDPOINT);
  },
  connect(endpoint) {
    socket.connect(endpoint);
  },
  send(message) {
    send(socket, fromHex(message));
  },
  recv() {
    return toHex(recv(socket));
  },
  "recv-id"() {
    const [first, ...rest] = recv(socket);
    id = first;
    return toHex(rest);
  },
  "send-id"(message) {
    send(socket, [id, ...fromHex(message)]);
  },
  skip(message) {
    while (toHex(recv(socket)) !== message);
  },
  publish(messages) {
    for (;;) {
      for (const message of messages.split(";")) send(socket, fromHex(message));
      sleep(10);
    }
  },
  "send-many"(count) {
    for (let i = 0; i < count; i++) send(socket, [String(i)]);
  },
  "recv-many"(count) {
    for (let i = 0; i < count; i++) {
      const got = socket.recv_str();
      if (got !== String(i)) return `${got} instead of ${i}`;
    }
    return `${count} in order`;
  },
  "send-large"(size) {
    send(socket, [large(Number(size))]);
  },
  "recv-large"(size) {
    const [message] = recv(socket);
    return message.length === Number(size) && isLarge(message) ? `${size} as sent` : `other ${message.length}`;
  },
  echo() {
    send(socket, recv(socket));
  },
  none(milliseconds) {
    socket.setsockopt(zmq.RCVTIMEO, Number(milliseconds));
    const message = socket.recv();
    socket.setsockopt(zmq.RCVTIMEO, patience);
    return message === undefined ? "nothing" : toHex([message]);
  },
  try() {
    socket.send("try", zmq.DONTWAIT);
  },
  failed() {
    return failures.recv() === undefined ? "not yet" : "failed";
  },
  until(path) {
    while (std.open(path, "r") === null) sleep(10);
  },
  zap(status) {
    const [version, request, , , , ...credentials] = recv(zap);
    send(zap, [version, request, status, "", "user id", ""]);
    return toHex(credentials);
  },
  js(expression) {
    return new Function("socket", "zmq", `return ${expression}`)(socket, zmq);
  },
};

for (const step of steps) {
  const [, name, argument] = step.match(/^([^:]+):?([^]*)$/);
  const printed = does[name](argument);
  if (printed !== undefined) console.log(String(printed));
}
if (zap) zap.close();
if (failures) failures.close();
socket.close();
context.term();
