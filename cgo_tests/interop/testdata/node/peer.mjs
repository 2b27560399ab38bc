// zeromq.js's side: ../README.md lists the steps.
import { existsSync } from "node:fs";
import * as zmq from "zeromq";
import { setOption, socketTypes } from "./names.mjs";

const [type, ...steps] = process.argv.slice(2);
const patience = 120000; // more than any busy machine takes

function open(type, linger) {
  const socket = new zmq[socketTypes[type]]({ linger });
  for (const name of ["receiveTimeout", "sendTimeout"]) {
    if (name in socket) socket[name] = patience; // not each type has both
  }
  return socket;
}

const toHex = (parts) => parts.map((part) => part.toString("hex")).join(",");
const fromHex = (message) => message.split(",").map((part) => Buffer.from(part, "hex"));
const period = Buffer.from(Array.from({ length: 251 }, (_, i) => i));
const large = (size) => Buffer.alloc(Number(size), period);

const unlessTimedOut = (promise) =>
  promise.catch((error) => {
    if (error.code !== "EAGAIN") throw error;
  });

// A subscriber would keep its subscriptions for a publisher that has left.
const socket = open(type, type.endsWith("SUB") ? 0 : patience);
let zap;
if (steps.some((step) => step.startsWith("zap:"))) {
  zap = open("REP", 0);
  await zap.bind("inproc://zeromq.zap.01");
}
let failed;
if (steps.includes("failed")) {
  failed = new Promise((resolve) => {
    for (const reason of ["protocol", "auth", "other"]) socket.events.on(`handshake:error:${reason}`, resolve);
  });
}
let id;

const does = {
  set(setting) {
    const [, name, value] = setting.match(/^(\w+)=(.*)$/);
    setOption(socket, name, /^\d+$/.test(value) ? Number(value) : value);
  },
  async bind(endpoint) {
    await socket.bind(endpoint);
    return socket.lastEndpoint;
  },
  connect(endpoint) {
    socket.connect(endpoint);
  },
  async send(message) {
    await socket.send(fromHex(message));
  },
  async recv() {
    return toHex(await socket.receive());
  },
  async "recv-id"() {
    const [first, ...rest] = await socket.receive();
    id = first;
    return toHex(rest);
  },
  async "send-id"(message) {
    await socket.send([id, ...fromHex(message)]);
  },
  async skip(message) {
    while (toHex(await socket.receive()) !== message);
  },
  async publish(messages) {
    for (;;) {
      for (const message of messages.split(";")) await socket.send(fromHex(message));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  },
  async "send-many"(count) {
    for (let i = 0; i < count; i++) await socket.send(String(i));
  },
  async "recv-many"(count) {
    for (let i = 0; i < count; i++) {
      const got = String(await socket.receive());
      if (got !== String(i)) return `${got} instead of ${i}`;
    }
    return `${count} in order`;
  },
  async "send-large"(size) {
    await socket.send(large(size));
  },
  async "recv-large"(size) {
    const [message] = await socket.receive();
    return message.equals(large(size)) ? `${size} as sent` : `other ${message.length}`;
  },
  async echo() {
    await socket.send(await socket.receive());
  },
  async none(milliseconds) {
    socket.receiveTimeout = Number(milliseconds);
    const message = await unlessTimedOut(socket.receive());
    socket.receiveTimeout = patience;
    return message === undefined ? "nothing" : toHex(message);
  },
  async try() {
    socket.sendTimeout = 0;
    await unlessTimedOut(socket.send("try"));
    socket.sendTimeout = patience;
  },
  async failed() {
    await failed;
    return "failed";
  },
  async until(path) {
    while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 10));
  },
  async zap(status) {
    const [version, request, , , , ...credentials] = await zap.receive();
    await zap.send([version, request, status, "", "user id", ""]);
    return toHex(credentials);
  },
};

for (const step of steps) {
  const [, name, argument] = step.match(/^([^:]+):?([^]*)$/);
  const printed = await does[name](argument);
  if (printed !== undefined) console.log(printed);
}
if (zap) zap.close();
socket.close();
