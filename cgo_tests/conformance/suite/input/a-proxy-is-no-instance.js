import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
let trapped = 0;
const proxy = new Proxy(socket, { get(target, key) { trapped++; return target[key]; } });
throws(() => zmq.Socket.prototype.send.call(proxy, "x"), { name: "TypeError", message: /this is not a Socket/ }, "as this");
throws(() => new zmq.Poller().add(proxy, zmq.POLLIN), { name: "TypeError", message: /socket must be a Socket, a Monitor or a file descriptor, not an object$/ }, "as an argument");
equal(trapped, 0, "no trap has run");
plan();
