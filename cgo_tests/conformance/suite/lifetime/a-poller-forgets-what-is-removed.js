import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const poller = new zmq.Poller();
const socket = context.socket(zmq.PUB);
for (let i = 0; i < 1000; i++) {
  poller.add(socket, zmq.POLLOUT, new Uint8Array(1000));
  poller.remove(socket);
}
equal(poller.size(), 0, "size()");
equal(poller.poll(), null, "poll()");
plan();
