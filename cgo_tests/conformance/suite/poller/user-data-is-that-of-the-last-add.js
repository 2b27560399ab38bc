import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLOUT, "old");
poller.remove(socket);
poller.add(socket, zmq.POLLOUT);
equal(poller.poll().user_data, undefined, "there is no user_data any more");
plan();
