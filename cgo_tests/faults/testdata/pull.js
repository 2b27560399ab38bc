// Prints what it receives: pull.js ENDPOINT
import * as zmq from "zmq";

const socket = new zmq.Context().socket(zmq.PULL);
socket.connect(scriptArgs[1]);
for (;;) console.log(`Doing ${socket.recv_str()}`);
