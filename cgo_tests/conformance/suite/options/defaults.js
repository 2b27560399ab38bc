import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
const defaults = {
  SNDHWM: 1000,
  RCVHWM: 1000,
  LINGER: -1,
  RCVTIMEO: -1,
  SNDTIMEO: -1,
  RECONNECT_IVL: 100,
  BACKLOG: 100,
  RATE: 100,
  IPV6: 0,
  RCVMORE: 0,
  MECHANISM: 0,
};
Object.keys(defaults).forEach((name) => equal(socket.getsockopt(zmq[name]), defaults[name], name));
equal(socket.getsockopt(zmq.MAXMSGSIZE), -1n, "MAXMSGSIZE");
equal(socket.getsockopt(zmq.LAST_ENDPOINT), "", "LAST_ENDPOINT");
socket.close();
plan();
