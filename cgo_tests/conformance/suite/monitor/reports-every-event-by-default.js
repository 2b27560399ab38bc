import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.REP);
const monitor = context.socket(zmq.PAIR);
socket.monitor("inproc://monitor");
monitor.connect("inproc://monitor");
socket.bind("tcp://127.0.0.1:*");
socket.unbind(socket.getsockopt(zmq.LAST_ENDPOINT));
equal(monitor.recv_event().event, zmq.EVENT_LISTENING, "the bind");
equal(monitor.recv_event().event, zmq.EVENT_CLOSED, "the unbind");
plan();
