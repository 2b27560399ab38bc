import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PAIR);
for (const foreign of [{}, context, null, undefined, 1, "socket", new zmq.Poller(), zmq.Socket.prototype]) {
  throws(() => socket.send.call(foreign, "x"), { name: "TypeError", message: "Socket.send(data, flags?): this is not a Socket" }, "send on " + Object.prototype.toString.call(foreign));
}
plan();
