// A cache of the last value of each topic. Its subscribers get each new value, and those that come late get at once
// what was the last one. cache_set.js sets values, cache_watch.js subscribes. With a file the values are there again
// when it is started again: what a subscriber has seen is in it.
//
//   cache.js [SETTERS [SUBSCRIBERS [FILE]]]      default: tcp://*:5565 tcp://*:5566, and no file
import * as os from "os";
import * as std from "std";
import * as zmq from "zmq";

const TOPICS = 10000; // so many values at once find room on their way to a subscriber
const SILENCE = 1000; // milliseconds after which a silent connection is given up

const [setter_endpoint = "tcp://*:5565", subscriber_endpoint = "tcp://*:5566", path] = scriptArgs.slice(1);

const context = new zmq.Context();
const poller = new zmq.Poller();
const values = new Map(); // by topic
let noted = 0; // when a subscriber was last too slow
const file = path === undefined ? null : restore();

function open(type, endpoint, ...options) {
  const socket = context.socket(type);
  for (const [option, value] of [[zmq.HEARTBEAT_IVL, SILENCE], ...options]) socket.setsockopt(option, value);
  socket.bind(endpoint);
  poller.add(socket, zmq.POLLIN);
  console.log(`Bound to ${socket.last_endpoint}`);
  return socket;
}

const setters = open(zmq.PULL, setter_endpoint);
// It tells of every subscription, not only of a topic's first; and of a queue that is full.
const subscribers = open(zmq.XPUB, subscriber_endpoint,
  [zmq.XPUB_VERBOSE, 1], [zmq.XPUB_NODROP, 1], [zmq.SNDHWM, TOPICS]);

// Reads the values, of which the last one may be cut off, and writes each once into a new file, to which more are added.
function restore() {
  for (const line of (std.loadFile(path) ?? "").split("\n").slice(0, -1)) {
    const [topic, value] = JSON.parse(line);
    values.set(topic, value);
  }
  const fresh = std.open(`${path}.new`, "w");
  for (const change of values) fresh.puts(`${JSON.stringify(change)}\n`);
  fresh.flush();
  if (os.rename(`${path}.new`, path) !== 0) throw new Error(`${path} cannot be written`);
  return fresh;
}

// A subscriber that is too slow misses the value.
function publish(change) {
  if (subscribers.send_multipart(change, zmq.DONTWAIT) !== undefined) return;
  if (Date.now() - noted >= 1000) std.err.puts(`cache.js: a subscriber is slow, and misses ${change[0]} and perhaps more\n`);
  noted = Date.now();
  subscribers.setsockopt(zmq.XPUB_NODROP, 0);
  subscribers.send_multipart(change);
  subscribers.setsockopt(zmq.XPUB_NODROP, 1);
}

function update() {
  const change = [setters.recv_str(), setters.recv_str()];
  values.set(change[0], change[1]);
  if (file) {
    file.puts(`${JSON.stringify(change)}\n`);
    file.flush();
  }
  publish(change);
}

// Others that have subscribed to the same topics get their values once more.
function show_values() {
  const subscription = subscribers.recv_str();
  if (subscription[0] !== "\x01") return; // it ends one
  for (const change of values) if (change[0].startsWith(subscription.slice(1))) publish(change);
}

for (;;) {
  const event = poller.wait(-1);
  if (event.socket === subscribers) show_values();
  else update();
}
