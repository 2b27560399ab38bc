import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.REP);
const monitor = socket.monitor();
throws(() => new zmq.Monitor(), { name: "TypeError", message: /made by Socket.monitor/ }, "new");
equal(Object.prototype.toString.call(monitor), "[object Monitor]", "toString");
const lengths = { recv: 0, next: 0, close: 0, setsockopt: 2, getsockopt: 1 };
Object.keys(lengths).forEach((name) => {
  equal(typeof zmq.Monitor.prototype[name], "function", name + " is a method");
  equal(zmq.Monitor.prototype[name].length, lengths[name], "the length of " + name);
});
equal(zmq.Socket.prototype.monitor.length, 1, "the length of monitor");
[null, undefined, 5, {}, socket].forEach((other) => {
  throws(() => zmq.Monitor.prototype.recv.call(other), { name: "TypeError", message: /this is not a Monitor/ }, "recv() of another this");
});
throws(() => zmq.Socket.prototype.recv.call(monitor), { name: "TypeError", message: /this is not a Socket/ }, "Socket's recv()");
throws(() => zmq.Socket.prototype.recv_event.call(monitor), { name: "TypeError" }, "Socket's recv_event()");
throws(() => monitor.recv("1"), { name: "TypeError" }, "flags of another type");
throws(() => socket.monitor(true), { name: "TypeError", message: /^Socket.monitor\(endpoint, events\?\): endpoint must be/ }, "monitor(true)");
throws(() => socket.monitor({}), { name: "TypeError" }, "monitor({})");
throws(() => socket.monitor(1.5), { name: "TypeError" }, "monitor(1.5)");
throws(() => socket.monitor("inproc://a", "b"), { name: "TypeError" }, "events of another type");
throws(() => socket.monitor(-1), { code: "EINVAL", endpoint: undefined }, "monitor(-1)");
throws(() => socket.monitor(0x10000), { code: "EINVAL" }, "events that do not exist");
throws(() => socket.monitor("inproc://a", 0x10000), { code: "EINVAL", endpoint: "inproc://a" }, "such events for an endpoint");
socket.bind("tcp://127.0.0.1:*");
equal(monitor.recv(zmq.DONTWAIT).name, "LISTENING", "none of that has ended the monitor");
socket.close();
throws(() => socket.monitor(), { code: "ENOTSOCK" }, "of a closed socket");
throws(() => socket.monitor(null), { code: "ENOTSOCK" }, "null, of a closed socket");
plan();
