import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLIN);
throws(() => poller.add(socket, zmq.POLLOUT), { name: "Error", code: "EINVAL" }, "a second add()");
equal(poller.size(), 1, "the socket is in the poller once");
plan();
