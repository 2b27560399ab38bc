import * as zmq from "zmq";
import { equal, plan } from "../tap.js";
import { sockets } from "../sockets.js";

const s = sockets();
const frontend = s.bound(zmq.GATHER);
const backend = s.bound(zmq.SCATTER);
const sender = s.connected(zmq.SCATTER, frontend);
const receiver = s.connected(zmq.GATHER, backend);
const control = s.make(zmq.PAIR);
control.bind("inproc://control");
const commands = s.make(zmq.PAIR);
commands.connect("inproc://control");
sender.send("through");
// The proxy passes the messages from before the command, then ends.
const poller = new zmq.Poller();
poller.add(frontend, zmq.POLLIN);
poller.wait(5000);
const room = new zmq.Poller();
room.add(backend, zmq.POLLOUT);
room.wait(5000);
commands.send("TERMINATE");
equal(zmq.proxy(frontend, backend, null, control), 0, "proxy()");
equal(receiver.recv_str(), "through", "the message");
s.close();
plan();
