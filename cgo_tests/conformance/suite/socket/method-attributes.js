import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

["bind", "send", "recv"].forEach((name) => {
  const descriptor = Object.getOwnPropertyDescriptor(zmq.Socket.prototype, name);
  equal(descriptor.enumerable, false, name + " is not enumerable");
  equal(descriptor.writable, true, name + " is writable");
  equal(descriptor.configurable, true, name + " is configurable");
});
plan();
