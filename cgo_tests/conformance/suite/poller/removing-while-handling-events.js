import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const context = new zmq.Context();
const poller = new zmq.Poller();
for (let i = 0; i < 4; i++) {
  poller.add(context.socket(zmq.PUB), zmq.POLLOUT);
}
const events = poller.poll_all(4);
events.forEach((event) => poller.remove(event.socket));
equal(poller.size(), 0, "all were removed");
ok(events.every((event) => event.socket instanceof zmq.Socket), "the events still have their sockets");
plan();
