// Prints the received messages, without spaces: subscribe.js ENDPOINT
import * as zmq from "zmq";

const socket = new zmq.Context().socket(zmq.SUB);
socket.setsockopt(zmq.RCVHWM, 100);
socket.setsockopt(zmq.SUBSCRIBE, "");
socket.connect(scriptArgs[1]);
for (;;) console.log(`Doing ${socket.recv_str().trimEnd()}`);
