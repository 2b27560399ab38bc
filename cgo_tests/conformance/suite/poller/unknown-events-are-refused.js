import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
throws(() => poller.add(socket, 16), { name: "Error", code: "EINVAL" }, "16 in add");
throws(() => poller.add(socket, -1), { name: "Error", code: "EINVAL" }, "-1 in add");
equal(poller.size(), 0, "nothing was added");
poller.add(socket, zmq.POLLOUT);
throws(() => poller.modify(socket, 1024), { name: "Error", code: "EINVAL" }, "1024 in modify");
equal(poller.poll().events, zmq.POLLOUT, "the events are what they were");
plan();
