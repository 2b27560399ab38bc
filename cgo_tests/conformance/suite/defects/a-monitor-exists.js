import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.REP);
const monitor = context.socket(zmq.PAIR);
equal(socket.monitor("inproc://monitor", zmq.EVENT_LISTENING), 0, "monitor()");
monitor.connect("inproc://monitor");
socket.bind("tcp://127.0.0.1:*");
equal(monitor.recv_event().event, zmq.EVENT_LISTENING, "recv_event()");
plan();
