import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const poller = new zmq.Poller();
for (let i = 0; i < 3; i++) {
  poller.add(new zmq.Context().socket(zmq.PUB), zmq.POLLOUT, i);
}
equal(poller.poll_all(9).length, 3, "three contexts, three events");
plan();
