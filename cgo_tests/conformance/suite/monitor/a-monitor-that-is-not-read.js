import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PULL);
const monitor = socket.monitor(zmq.EVENT_LISTENING);
const times = 3300;
let last;
for (let i = 0; i < times; i++) {
  socket.bind("tcp://127.0.0.1:*");
  last = socket.last_endpoint;
  socket.unbind(last);
}
ok(monitor.dropped > 0, "it drops events");
ok(monitor.dropped <= times - 1000, "1000 events at least are kept");
monitor.setsockopt(zmq.RCVTIMEO, 5000);
let count = 0, newest;
for (; count + monitor.dropped < times; count++) newest = monitor.recv();
equal(newest.endpoint, last, "they include the newest");
equal(monitor.recv(zmq.DONTWAIT), undefined, "no other event is missing");
socket.close();
monitor.close();
ok(monitor.dropped > 0, "the count of dropped events stays");
context.term();
plan();
