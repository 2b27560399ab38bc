import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const lengths = {
  bind: 1,
  unbind: 1,
  connect: 1,
  disconnect: 1,
  send: 1,
  recv: 0,
  recv_int: 0,
  recv_bigint: 0,
  recv_str: 0,
  recv_uint8ffarray: 0,
  getsockopt: 1,
  getsockopt_int: 1,
  getsockopt_bigint: 1,
  getsockopt_str: 1,
  getsockopt_uint8ffarray: 1,
  setsockopt: 2,
};
Object.keys(lengths).forEach((name) => {
  equal(typeof zmq.Socket.prototype[name], "function", name + " is a method");
  equal(zmq.Socket.prototype[name].name, name, "the name of " + name);
  equal(zmq.Socket.prototype[name].length, lengths[name], "the length of " + name);
});
plan();
