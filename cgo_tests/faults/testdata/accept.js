// Accepts connections: accept.js ENDPOINT
import * as zmq from "zmq";

const socket = new zmq.Context().socket(zmq.ROUTER);
socket.bind(scriptArgs[1]);
console.log(`Bound to ${socket.last_endpoint}`);
socket.recv();
