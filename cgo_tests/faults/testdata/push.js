// Sends each line of standard input: push.js ENDPOINT
import * as std from "std";
import * as zmq from "zmq";

const socket = new zmq.Context().socket(zmq.PUSH);
socket.bind(scriptArgs[1]);
console.log(`Bound to ${socket.last_endpoint}`);
for (let line; (line = std.in.getline()) !== null; ) socket.send(line);
