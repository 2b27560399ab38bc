import * as zmq from "zmq";
import { deepEqual, equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
socket.label = "mine";
equal(socket.label, "mine", "a script's own property");
deepEqual(Object.keys(socket), ["label"], "is enumerable");
plan();
