import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLOUT);
const event = poller.poll();
event.mine = 1;
ok(poller.poll() !== event, "every call gives a new object");
equal(poller.poll().mine, undefined, "a new event lacks the property of the last one");
plan();
