import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const poller = new zmq.Poller();
for (let i = 0; i < 5; i++) {
  poller.add(context.socket(zmq.PUB), zmq.POLLOUT, i);
}
equal(poller.wait_all(2, 1000).length, 2, "2");
equal(poller.poll_all(1).length, 1, "1");
equal(poller.poll_all(5).length, 5, "all");
equal(poller.poll_all(2147483647).length, 5, "as many as there are");
plan();
