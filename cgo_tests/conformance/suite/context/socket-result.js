import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PUSH);
ok(socket instanceof zmq.Socket, "socket() gives a Socket");
ok(context.socket(zmq.PUSH) !== socket, "a new one every time");
equal(socket.getsockopt(zmq.TYPE), zmq.PUSH, "of the type that was asked for");
plan();
