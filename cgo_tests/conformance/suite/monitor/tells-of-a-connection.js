import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const server = context.socket(zmq.PULL);
const client = context.socket(zmq.PUSH);
const monitor = context.socket(zmq.PAIR);
monitor.setsockopt(zmq.RCVTIMEO, 5000);
server.bind("tcp://127.0.0.1:*");
server.monitor("inproc://monitor", zmq.EVENT_ACCEPTED | zmq.EVENT_HANDSHAKE_SUCCEEDED | zmq.EVENT_DISCONNECTED);
monitor.connect("inproc://monitor");
client.connect(server.getsockopt(zmq.LAST_ENDPOINT));
equal(monitor.recv_event().event, zmq.EVENT_ACCEPTED, "accepted");
equal(monitor.recv_event().event, zmq.EVENT_HANDSHAKE_SUCCEEDED, "handshake succeeded");
client.close();
equal(monitor.recv_event().event, zmq.EVENT_DISCONNECTED, "disconnected");
plan();
