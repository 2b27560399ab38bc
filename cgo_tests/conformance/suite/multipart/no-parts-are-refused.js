import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
throws(() => socket.send_multipart([]), { name: "TypeError", message: "Socket.send_multipart(parts, flags?): parts must not be empty" }, "an empty array");
plan();
