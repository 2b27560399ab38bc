import * as zmq from "zmq";
import { deepEqual, equal, ok, plan } from "../tap.js";

// Binds a socket many times; returns its endpoints.
function bind(socket, times) {
  const endpoints = [];
  for (let i = 0; i < times; i++) {
    socket.bind("tcp://127.0.0.1:*");
    endpoints.push(socket.last_endpoint);
    socket.unbind(socket.last_endpoint);
  }
  return endpoints;
}

const context = new zmq.Context();
const socket = context.socket(zmq.PULL);
socket.monitor("inproc://monitor", zmq.EVENT_LISTENING | zmq.EVENT_MONITOR_STOPPED);
const bound = bind(socket, 1100);
ok(true, "bind() does not wait for a receiver");
const receiver = context.socket(zmq.PAIR);
receiver.setsockopt(zmq.RCVTIMEO, 5000);
receiver.connect("inproc://monitor");
const received = [];
while (received.length < 1000) received.push(receiver.recv_event().endpoint);
deepEqual(received, bound.slice(-1000), "a late receiver gets the newest 1000 events");
const more = bind(socket, 2500);
deepEqual(more.map(() => receiver.recv_event(zmq.DONTWAIT).endpoint), more, "from then on it gets all, though it is late");
equal(receiver.recv_event(zmq.DONTWAIT), undefined, "and no more");
receiver.close();
bind(socket, 10);
socket.monitor(null);
ok(true, "closing it first keeps nothing waiting");
socket.close();
context.term();
plan();
