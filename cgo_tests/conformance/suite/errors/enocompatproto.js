import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.REQ);
throws(() => socket.bind("udp://127.0.0.1:5555"), { name: "Error", code: "ENOCOMPATPROTO", errno: zmq.ENOCOMPATPROTO }, "REQ over udp");
plan();
