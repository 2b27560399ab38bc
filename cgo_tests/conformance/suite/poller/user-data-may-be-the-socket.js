import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLOUT, socket);
const event = poller.poll();
equal(event.user_data, event.socket, "the same object");
plan();
