import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PUSH);
socket.connect("tcp://127.0.0.1:1");
socket.send("never arrives");
equal(socket.close(0), 0, "close(0)");
equal(socket.closed, true, "closed");
equal(context.term(), 0, "term() does not wait for the message");
plan();
