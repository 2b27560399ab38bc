import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
const poller = new zmq.Poller();
throws(() => poller.remove(socket), { name: "Error", code: "EINVAL" }, "remove");
throws(() => poller.modify(socket, zmq.POLLIN), { name: "Error", code: "EINVAL" }, "modify");
plan();
