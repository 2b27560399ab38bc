import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLOUT);
poller.add(socket.fd, zmq.POLLIN);
equal(poller[Symbol.dispose](), undefined, "returns undefined");
equal(poller.size(), 0, "nothing is in it");
equal(socket.closed, false, "the socket is open");
equal(poller.add(socket, zmq.POLLOUT), 0, "the poller can be used again");
plan();
