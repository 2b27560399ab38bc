import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PAIR);
const poller = new zmq.Poller();
throws(() => context.set(zmq.IO_THREADS), { name: "TypeError", message: /option_value must be a 32-bit integer, not undefined$/ }, "Context.set");
throws(() => socket.setsockopt(zmq.LINGER), { name: "TypeError", message: /LINGER must be a 32-bit integer, not undefined$/ }, "setsockopt");
throws(() => poller.add(socket), { name: "TypeError", message: /events must be a 32-bit integer, not undefined$/ }, "Poller.add");
throws(() => poller.modify(socket), { name: "TypeError", message: /events must be a 32-bit integer, not undefined$/ }, "Poller.modify");
throws(() => poller.wait_all(1), { name: "TypeError", message: /timeout must be a 32-bit integer, not undefined$/ }, "Poller.wait_all");
plan();
