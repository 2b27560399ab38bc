import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
ok(socket instanceof zmq.Socket, "instanceof");
equal(socket.constructor, zmq.Socket, "constructor");
equal(Object.getPrototypeOf(socket), zmq.Socket.prototype, "prototype");
equal(Object.prototype.toString.call(socket), "[object Socket]", "toString");
equal(zmq.Socket.prototype[Symbol.toStringTag], "Socket", "the tag");
equal(zmq.Socket.name, "Socket", "the name");
plan();
