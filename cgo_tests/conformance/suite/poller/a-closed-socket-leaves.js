import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PUB);
const b = context.socket(zmq.PUB);
const poller = new zmq.Poller();
poller.add(a, zmq.POLLOUT, "a");
poller.add(b, zmq.POLLOUT, "b");
a.close();
equal(poller.size(), 1, "size()");
equal(poller.wait_all(5, 0).length, 1, "one event");
equal(poller.poll().user_data, "b", "that of the other socket");
plan();
