import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair();
const poller = new zmq.Poller();
poller.add(b, zmq.POLLIN, "data");
a.send("x");
const event = poller.wait(1000);
b.recv();
poller.remove(b);
equal(event.events, zmq.POLLIN, "an event stays as it was");
equal(event.user_data, "data", "with its data");
equal(event.socket, b, "and its socket");
close();
plan();
