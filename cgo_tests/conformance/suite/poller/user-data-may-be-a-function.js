import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
const callback = (value) => value + 1;
poller.add(socket, zmq.POLLOUT, callback);
const event = poller.poll();
equal(event.user_data, callback, "the same function");
equal(event.user_data(1), 2, "the function can be called");
plan();
