import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = Object.freeze(new zmq.Context());
const socket = Object.freeze(context.socket(zmq.PUB));
const poller = Object.freeze(new zmq.Poller());
equal(poller.add(socket, zmq.POLLOUT, "data"), 0, "add()");
equal(poller.poll().user_data, "data", "poll()");
equal(socket.close(), 0, "close()");
equal(poller.size(), 0, "size()");
equal(context.term(), 0, "term()");
plan();
