import * as zmq from "./zmq.so";

const socket = zmq.Context.shared("workers").socket(zmq.PUSH);
socket.connect("inproc://results");
for (let i = 0; i < 1000; i++)
    socket.send(i);
socket.close();
