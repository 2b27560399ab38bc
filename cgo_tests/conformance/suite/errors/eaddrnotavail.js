import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
throws(() => socket.bind("tcp://192.0.2.1:0"), { name: "Error", code: "EADDRNOTAVAIL", endpoint: "tcp://192.0.2.1:0" }, "an address of another machine");
plan();
