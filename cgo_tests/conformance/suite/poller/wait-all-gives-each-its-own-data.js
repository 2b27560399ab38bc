import * as zmq from "zmq";
import { deepEqual, equal, ok, plan } from "../tap.js";

const context = new zmq.Context();
const poller = new zmq.Poller();
const sockets = ["a", "b", "c"].map((name) => {
  const socket = context.socket(zmq.PUB);
  poller.add(socket, zmq.POLLOUT, name);
  return socket;
});
const events = poller.wait_all(10, -1);
equal(events.length, 3, "three events");
deepEqual(events.map((event) => event.user_data).sort(), ["a", "b", "c"], "each with its user_data");
ok(
  events.every((event) => sockets["abc".indexOf(event.user_data)] === event.socket),
  "and its socket",
);
plan();
