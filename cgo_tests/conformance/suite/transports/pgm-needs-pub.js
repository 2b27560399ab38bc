import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
const code = zmq.has("pgm") === 1 ? "ENOCOMPATPROTO" : "EPROTONOSUPPORT";
throws(() => socket.bind("pgm://127.0.0.1;239.0.0.1:5555"), { name: "Error", code }, "bind() of a PAIR");
plan();
