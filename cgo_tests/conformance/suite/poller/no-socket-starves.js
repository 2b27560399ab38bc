import * as zmq from "zmq";
import { deepEqual, plan } from "../tap.js";

const context = new zmq.Context();
const poller = new zmq.Poller();
for (let i = 0; i < 4; i++) {
  poller.add(context.socket(zmq.PUB), zmq.POLLOUT, i);
}
const seen = [0, 0, 0, 0];
for (let i = 0; i < 40; i++) {
  seen[poller.wait(0).user_data]++;
}
deepEqual(seen, [10, 10, 10, 10], "each of four is reported ten times of forty");
plan();
