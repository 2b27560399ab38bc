import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
const poller = new zmq.Poller();
poller.add(socket.fd, zmq.POLLIN);
throws(() => poller.add(socket.fd, zmq.POLLIN), { name: "Error", code: "EINVAL" }, "a second add()");
equal(poller.add(socket, zmq.POLLIN), 0, "its socket counts as another entry");
equal(poller.size(), 2, "size()");
plan();
