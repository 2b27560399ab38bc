import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const lengths = { size: 0, add: 2, modify: 2, remove: 1, wait: 1, poll: 0, wait_all: 2, poll_all: 1 };
Object.keys(lengths).forEach((name) => {
  equal(typeof zmq.Poller.prototype[name], "function", name + " is a method");
  equal(zmq.Poller.prototype[name].name, name, "the name of " + name);
  equal(zmq.Poller.prototype[name].length, lengths[name], "the length of " + name);
});
plan();
