import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PUB);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLOUT);
socket.close();
equal(poller.size(), 0, "size()");
throws(() => poller.wait(-1), { code: "EFAULT" }, "waiting without end is refused");
plan();
