import * as zmq from "zmq";
import { equal, ok, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
equal(Object.prototype.toString.call(socket), "[object Socket]", "by toString");
equal(socket.constructor, zmq.Socket, "by constructor");
ok(socket instanceof zmq.Socket, "by instanceof");
throws(() => new zmq.Socket(), { name: "TypeError", message: /Context\.socket\(type\)/ }, "which cannot be constructed");
plan();
