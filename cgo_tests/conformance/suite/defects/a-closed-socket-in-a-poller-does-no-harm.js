import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PAIR);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLIN);
socket.close();
equal(poller.size(), 0, "it has left the poller");
equal(poller.wait(10), null, "wait() ignores the closed socket");
plan();
