import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PULL);
context.shutdown();
equal(socket.close(0), 0, "close(0)");
equal(socket.closed, true, "closed");
equal(context.term(), 0, "term() does not wait for it");
plan();
