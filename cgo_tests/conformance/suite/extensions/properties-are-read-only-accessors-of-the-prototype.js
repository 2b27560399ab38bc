import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
for (const name of ["closed", "type", "last_endpoint", "fd", "events"]) {
  const property = Object.getOwnPropertyDescriptor(zmq.Socket.prototype, name);
  equal(typeof property.get, "function", name + " has a getter");
  equal(property.set, undefined, name + " has no setter");
  equal(property.enumerable, false, name + " is not enumerable");
  throws(() => { socket[name] = 1; }, { name: "TypeError" }, name + " cannot be set");
}
plan();
