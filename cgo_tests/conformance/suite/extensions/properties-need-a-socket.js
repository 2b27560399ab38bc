import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

for (const name of ["closed", "type", "last_endpoint", "fd", "events"]) {
  const get = Object.getOwnPropertyDescriptor(zmq.Socket.prototype, name).get;
  throws(() => get.call({}), { name: "TypeError", message: "Socket." + name + ": this is not a Socket" }, name);
}
plan();
