import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PAIR);
equal(socket.connect("inproc://before"), 0, "connect() returns 0, before the other side binds");
const other = context.socket(zmq.PAIR);
other.bind("inproc://before");
other.setsockopt(zmq.RCVTIMEO, 5000);
socket.send("x");
equal(other.recv_str(), "x", "and is connected when it does");
socket.close();
other.close();
context.term();
plan();
