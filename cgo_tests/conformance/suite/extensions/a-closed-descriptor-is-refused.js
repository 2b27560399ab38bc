import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const poller = new zmq.Poller();
for (const fd of [-1, 12345, -2147483648, 2147483647]) {
  throws(() => poller.add(fd, zmq.POLLIN), { name: "Error", code: "EBADF", message: "Bad file descriptor (add: descriptor " + fd + " is not open)" }, "add(" + fd + ")");
  throws(() => poller.modify(fd, zmq.POLLIN), { name: "Error", code: "EBADF" }, "modify(" + fd + ")");
  throws(() => poller.remove(fd), { name: "Error", code: "EBADF" }, "remove(" + fd + ")");
}
throws(() => poller.add(0.5, zmq.POLLIN), { name: "TypeError", message: /socket must be a Socket, a Monitor or a file descriptor, not 0\.5$/ }, "a fraction");
plan();
