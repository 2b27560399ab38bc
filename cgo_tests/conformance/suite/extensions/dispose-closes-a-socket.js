import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
equal(socket[Symbol.dispose](), undefined, "returns undefined");
equal(socket.closed, true, "the socket is closed");
equal(socket[Symbol.dispose](), undefined, "a second time does nothing");
equal(zmq.Socket.prototype[Symbol.dispose].name, "[Symbol.dispose]", "its name");
plan();
