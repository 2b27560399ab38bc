import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const poller = new zmq.Poller();
for (let i = 0; i < 5; i++) {
  poller.add(context.socket(zmq.PUB), zmq.POLLOUT, i);
}
const seen = new Set();
for (let i = 0; i < 3; i++) {
  poller.wait_all(2, 0).forEach((event) => seen.add(event.user_data));
}
equal(seen.size, 5, "three calls for two events reach five sockets");
plan();
