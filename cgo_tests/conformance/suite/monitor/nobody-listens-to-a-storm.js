import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

// A socket that retries to connect to an endpoint without a listener.
const context = new zmq.Context();
const probe = context.socket(zmq.PULL);
probe.bind("tcp://127.0.0.1:*");
const endpoint = probe.last_endpoint;
probe.unbind(endpoint);
const socket = context.socket(zmq.PUSH);
[[zmq.RECONNECT_IVL, 1], [zmq.LINGER, 0]].forEach(([option, value]) => socket.setsockopt(option, value));
const monitor = socket.monitor();
socket.connect(endpoint);
let tries = 0;
while (tries < 50) if (monitor.recv().name === "CONNECT_RETRIED") tries++;
ok(true, "a monitor reports each attempt");
socket.monitor("inproc://nobody");
let last;
while (!monitor.closed) last = monitor.recv();
equal(last.name, "MONITOR_STOPPED", "it ends in the middle of that");
for (let i = 0; i < 20; i++) {
  socket.connect(endpoint);
  equal(socket.disconnect(endpoint), 0, "connect() and disconnect() go on");
}
socket.monitor();
socket.close();
probe.close();
equal(context.term(), 0, "term() does not wait for unread events");
plan();
