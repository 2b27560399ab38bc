import * as zmq from "zmq";
import { equal, ok, plan, throws } from "../tap.js";

const context = new zmq.Context();
const sockets = [context.socket(zmq.PAIR), context.socket(zmq.PUB)];
sockets[1].close();
equal(context[Symbol.dispose](), undefined, "returns undefined");
equal(context.closed, true, "the context is terminated");
ok(sockets.every((socket) => socket.closed), "its sockets are closed");
throws(() => sockets[0].send("x"), { code: "ENOTSOCK" }, "their methods throw ENOTSOCK");
plan();
