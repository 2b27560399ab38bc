import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
const data = {};
poller.add(socket, 0, data);
poller.modify(socket, zmq.POLLOUT);
equal(poller.poll().user_data, data, "the same object");
plan();
