import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
const values = {
  LINGER: 1234,
  SNDHWM: 7,
  RCVHWM: 8,
  SNDTIMEO: 50,
  RCVTIMEO: 60,
  RATE: 200,
  BACKLOG: 5,
  RECONNECT_IVL: 77,
  SNDBUF: 4096,
  RCVBUF: 8192,
  IMMEDIATE: 1,
  IPV6: 1,
  TCP_KEEPALIVE: 1,
  HANDSHAKE_IVL: 1000,
};
Object.keys(values).forEach((name) => {
  equal(socket.setsockopt(zmq[name], values[name]), 0, "setsockopt() of " + name);
  equal(socket.getsockopt(zmq[name]), values[name], name);
});
socket.close();
plan();
