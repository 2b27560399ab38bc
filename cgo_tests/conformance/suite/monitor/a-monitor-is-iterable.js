import * as zmq from "zmq";
import { deepEqual, equal, plan } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.REP);
const monitor = socket.monitor(zmq.EVENT_LISTENING);
socket.bind("tcp://127.0.0.1:*");
socket.bind("tcp://127.0.0.1:*");
socket.close();
const names = [];
for (const event of monitor) names.push(event.name);
deepEqual(names, ["LISTENING", "LISTENING", "MONITOR_STOPPED"], "an iteration ends with the socket");
equal(monitor.closed, true, "the monitor is closed");
deepEqual(Array.from(monitor), [], "a later iteration is empty");

const other = context.socket(zmq.REP);
const timed = other.monitor();
timed.setsockopt(zmq.RCVTIMEO, 10);
other.bind("tcp://127.0.0.1:*");
const seen = [];
for (const event of timed) seen.push(event.name);
deepEqual(seen, ["LISTENING"], "an iteration ends where RCVTIMEO has passed");
other.bind("tcp://127.0.0.1:*");
for (const event of timed) {
  equal(event.name, "LISTENING", "another monitor still works");
  break;
}
equal(timed.closed, false, "break does not close it");
plan();
