import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
socket.close();
throws(() => poller.add(socket, zmq.POLLOUT), { name: "Error", code: "ENOTSOCK" }, "add");
equal(poller.size(), 0, "size()");
plan();
