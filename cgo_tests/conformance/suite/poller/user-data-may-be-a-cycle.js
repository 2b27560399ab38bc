import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
const data = { socket, poller };
data.self = data;
poller.add(socket, zmq.POLLOUT, data);
const event = poller.poll();
equal(event.user_data, data, "the same object");
equal(event.user_data.self.self.socket, socket, "the cycle holds the socket");
plan();
