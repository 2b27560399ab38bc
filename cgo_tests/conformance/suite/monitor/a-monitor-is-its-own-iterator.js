import * as zmq from "zmq";
import { deepEqual, equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.REP);
const monitor = socket.monitor();
equal(monitor[Symbol.iterator](), monitor, "its iterator");
equal(monitor[Symbol.iterator](), monitor, "each time");
equal(zmq.Monitor.prototype[Symbol.iterator].name, "[Symbol.iterator]", "the name of the method");
monitor.setsockopt(zmq.RCVTIMEO, 10);
deepEqual(monitor.next(), { value: undefined, done: true }, "next() after RCVTIMEO");
socket.bind("tcp://127.0.0.1:*");
const { value, done } = monitor.next();
equal(value.name, "LISTENING", "the next event");
equal(done, false, "it was not the last");
monitor.close();
deepEqual(monitor.next(), { value: undefined, done: true }, "next() of a closed monitor");
throws(() => zmq.Monitor.prototype[Symbol.iterator].call(socket), { name: "TypeError", message: /this is not a Monitor/ }, "of another this");
throws(() => zmq.Monitor.prototype.next.call({}), { name: "TypeError" }, "next() of another this");
plan();
