import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PUSH);
equal(socket.send("x", zmq.DONTWAIT), undefined, "DONTWAIT gives undefined");
socket.setsockopt(zmq.SNDTIMEO, 10);
equal(socket.send("x"), undefined, "send() returns undefined after SNDTIMEO");
socket.setsockopt(zmq.SNDTIMEO, 0);
equal(socket.send("x"), undefined, "even of 0");
socket.close();
context.term();
plan();
