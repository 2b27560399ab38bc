import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
equal(socket.close(), 0, "close()");
equal(socket.close(), 0, "again");
throws(() => socket.send("x"), { name: "Error", code: "ENOTSOCK", errno: zmq.ENOTSOCK, message: "Socket is closed" }, "any other call throws");
plan();
