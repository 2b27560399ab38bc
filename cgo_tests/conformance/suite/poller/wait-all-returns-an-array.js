import * as zmq from "zmq";
import { deepEqual, equal, ok, plan } from "../tap.js";

const context = new zmq.Context();
const poller = new zmq.Poller();
const sockets = [0, 1, 2].map(() => context.socket(zmq.PUB));
sockets.forEach((socket, i) => poller.add(socket, zmq.POLLOUT, i));
const events = poller.wait_all(10, 1000);
ok(Array.isArray(events), "an Array");
equal(events.length, 3, "of all events");
deepEqual(events.map((event) => event.user_data).sort(), [0, 1, 2], "each once");
plan();
