import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.REP);
const monitor = context.socket(zmq.PAIR);
monitor.setsockopt(zmq.RCVTIMEO, 5000);
socket.monitor("inproc://monitor");
monitor.connect("inproc://monitor");
equal(socket.monitor(null), 0, "monitor(null) returns 0");
equal(monitor.recv_event().event, zmq.EVENT_MONITOR_STOPPED, "the last event");
socket.bind("tcp://127.0.0.1:*");
equal(monitor.recv_event(zmq.DONTWAIT), undefined, "no more after that");
plan();
