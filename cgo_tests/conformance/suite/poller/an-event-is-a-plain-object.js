import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLOUT);
const event = poller.poll();
equal(Object.getPrototypeOf(event), Object.prototype, "of Object.prototype");
event.events = 99;
equal(event.events, 99, "scripts can change an event");
ok(poller.poll() !== event, "each one is new");
plan();
