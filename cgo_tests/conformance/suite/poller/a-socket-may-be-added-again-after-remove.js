import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLIN, "first");
poller.remove(socket);
poller.add(socket, zmq.POLLIN, "second");
equal(poller.size(), 1, "it is there once");
plan();
