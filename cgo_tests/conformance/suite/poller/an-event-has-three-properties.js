import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { deepEqual, equal, plan } from "../tap.js";

const { a, b } = pair();
const poller = new zmq.Poller();
poller.add(a, zmq.POLLIN, "data");
b.send("x");
const event = poller.wait(1000);
deepEqual(Object.keys(event), ["socket", "user_data", "events"], "in this order");
equal(event.socket, a, "socket is the added object");
equal(event.user_data, "data", "user_data");
equal(event.events, zmq.POLLIN, "events");
plan();
