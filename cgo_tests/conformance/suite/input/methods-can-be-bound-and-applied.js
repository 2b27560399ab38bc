import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const context = new zmq.Context();
const socket = zmq.Context.prototype.socket.call(context, zmq.PAIR);
ok(socket instanceof zmq.Socket, "call");
equal(Reflect.apply(socket.bind, socket, ["inproc://x"]), 0, "Reflect.apply");
const close = socket.close.bind(socket);
equal(close(), 0, "bind");
plan();
