import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PAIR);
equal(socket.close(), 0, "close() returns 0");
equal(socket.close(), 0, "a second close() returns 0");
equal(context.term(), 0, "the context can end");
equal(socket.close(), 0, "a third one, after the context");
plan();
