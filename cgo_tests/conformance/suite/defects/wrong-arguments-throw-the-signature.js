import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
throws(() => socket.bind(), { name: "TypeError", message: "Socket.bind(endpoint): endpoint must be a string, not undefined" }, "none");
throws(() => socket.bind(1), { name: "TypeError", message: "Socket.bind(endpoint): endpoint must be a string, not a number" }, "a number");
throws(() => socket.send({}), { name: "TypeError", message: /^Socket\.send\(data, flags\?\): data must be / }, "an object");
plan();
