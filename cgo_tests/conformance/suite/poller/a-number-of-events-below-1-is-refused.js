import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const poller = new zmq.Poller();
poller.add(new zmq.Context().socket(zmq.PUB), zmq.POLLOUT);
for (const count of [0, -1, -2147483648]) {
  throws(() => poller.wait_all(count, 0), { name: "TypeError", message: /^Poller\.wait_all\(n_events, timeout\): n_events / }, "wait_all of " + count);
  throws(() => poller.poll_all(count), { name: "TypeError", message: /^Poller\.poll_all\(n_events\): n_events / }, "poll_all of " + count);
}
plan();
