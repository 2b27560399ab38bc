import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
Object.setPrototypeOf(socket, null);
equal(zmq.Socket.prototype.getsockopt.call(socket, zmq.TYPE), zmq.PAIR, "as this");
equal(new zmq.Poller().add(socket, zmq.POLLIN), 0, "as an argument");
plan();
