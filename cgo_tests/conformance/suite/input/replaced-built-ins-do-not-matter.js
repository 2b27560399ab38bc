import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b } = pair();
const original = Array.prototype[Symbol.iterator];
Array.prototype[Symbol.iterator] = () => { throw new Error("replaced"); };
const length = a.send_multipart(["x", "y"]);
Array.prototype[Symbol.iterator] = original;
equal(length, 2, "an array is read without its iterator");
const set = Object.getOwnPropertyDescriptor(Object.prototype, "socket");
Object.defineProperty(Object.prototype, "socket", { set() { throw new Error("set"); }, configurable: true });
const poller = new zmq.Poller();
poller.add(a, zmq.POLLOUT);
const event = poller.poll();
delete Object.prototype.socket;
equal(set, undefined, "nothing had that name before");
equal(event.socket, a, "an event is defined, not assigned");
plan();
