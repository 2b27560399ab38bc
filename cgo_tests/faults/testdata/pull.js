// Prints the received messages: pull.js ENDPOINT
import * as zmq from "zmq";

const socket = new zmq.Context().socket(zmq.PULL);
// It sends nothing, and so does not notice by itself that its connection is broken.
socket.setsockopt(zmq.HEARTBEAT_IVL, 500);
socket.setsockopt(zmq.HEARTBEAT_TIMEOUT, 5000);
socket.connect(scriptArgs[1]);
for (;;) console.log(`Doing ${socket.recv_str()}`);
