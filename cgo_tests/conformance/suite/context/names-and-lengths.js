import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const lengths = { socket: 1, set: 2, get: 1, shutdown: 0, term: 0 };
Object.keys(lengths).forEach((name) => {
  equal(typeof zmq.Context.prototype[name], "function", name + " is a method");
  equal(zmq.Context.prototype[name].name, name, "the name of " + name);
  equal(zmq.Context.prototype[name].length, lengths[name], "the length of " + name);
});
equal(zmq.Context.name, "Context", "the name of the class");
equal(zmq.Context.length, 0, "the length of the class");
plan();
