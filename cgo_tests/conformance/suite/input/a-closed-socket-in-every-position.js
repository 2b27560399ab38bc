import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLIN);
socket.close();
for (const name of ["add", "modify", "remove"]) {
  throws(() => poller[name](socket, zmq.POLLIN), { name: "Error", code: "ENOTSOCK" }, "Poller." + name);
}
throws(() => socket.send(socket), { name: "TypeError", message: /not a Socket$/ }, "as data");
plan();
