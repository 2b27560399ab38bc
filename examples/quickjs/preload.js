import "./zmq.so";
