import * as zmq from "zmq";
import { deepEqual, equal, ok, plan } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.REP);
const monitor = context.socket(zmq.PAIR);
equal(socket.monitor("inproc://monitor", zmq.EVENT_ALL), 0, "monitor() returns 0");
monitor.connect("inproc://monitor");
socket.bind("tcp://127.0.0.1:*");
const event = monitor.recv_event();
deepEqual(Object.keys(event), ["event", "value", "endpoint", "name", "text"], "an event has these properties");
equal(event.event, zmq.EVENT_LISTENING, "event");
ok(event.value > 0, "value is a descriptor");
equal(event.name, "LISTENING", "name");
equal(event.text, "", "text");
equal(event.endpoint, socket.getsockopt(zmq.LAST_ENDPOINT), "endpoint");
plan();
