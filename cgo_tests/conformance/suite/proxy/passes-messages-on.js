import * as zmq from "zmq";
import { deepEqual, equal, plan } from "../tap.js";

const context = new zmq.Context();
const made = [];

function socket(type, method, endpoint) {
  const one = context.socket(type);
  one.setsockopt(zmq.LINGER, 0);
  one.setsockopt(zmq.RCVTIMEO, 5000);
  one[method](endpoint);
  made.push(one);
  return one;
}

const frontend = socket(zmq.ROUTER, "bind", "inproc://frontend");
const backend = socket(zmq.DEALER, "bind", "inproc://backend");
const capture = socket(zmq.PUSH, "bind", "inproc://capture");
const control = socket(zmq.PAIR, "bind", "inproc://control");
const client = socket(zmq.REQ, "connect", "inproc://frontend");
const server = socket(zmq.REP, "connect", "inproc://backend");
const captured = socket(zmq.PULL, "connect", "inproc://capture");
const steering = socket(zmq.PAIR, "connect", "inproc://control");

function pass() {
  steering.send("TERMINATE");
  return zmq.proxy(frontend, backend, capture, control);
}

client.send("a request");
equal(pass(), 0, "proxy() ends on TERMINATE");
equal(server.recv_str(), "a request", "the request arrives");
server.send("an answer");
pass();
equal(client.recv_str(), "an answer", "the answer passes");
deepEqual(
  [captured.recv_multipart(), captured.recv_multipart()].map((parts) => parts[2].length),
  [9, 9],
  "both were captured, with all their parts",
);
client.send("");
steering.send("STATISTICS");
pass();
const statistics = steering.recv_multipart();
deepEqual(
  statistics.map((part) => part[0]),
  [3, 5, 0, 0, 0, 0, 3, 5],
  "the statistics of this call",
);
equal(frontend.messages_received, 6, "the sockets count all");
made.forEach((one) => one.close());
context.term();
plan();
