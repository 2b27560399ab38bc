import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
const poller = new zmq.Poller();
equal(poller.add(socket, zmq.POLLIN), 0, "add");
equal(poller.modify(socket, zmq.POLLOUT), 0, "modify");
equal(poller.remove(socket), 0, "remove");
plan();
