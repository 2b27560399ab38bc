import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

// The second of two receives finds a new message, whatever is done to the socket between them.
const context = new zmq.Context();
const receiver = context.socket(zmq.PAIR);
const sender = context.socket(zmq.PAIR);
receiver.bind("inproc://nothing-then-something");
sender.connect("inproc://nothing-then-something");
const poller = new zmq.Poller();
poller.add(receiver, zmq.POLLIN);

const between = {
    "nothing": () => {},
    "getsockopt(EVENTS)": () => receiver.getsockopt(zmq.EVENTS),
    "getsockopt_int(EVENTS)": () => receiver.getsockopt_int(zmq.EVENTS),
    "getsockopt(FD)": () => receiver.getsockopt(zmq.FD),
    "setsockopt": () => receiver.setsockopt(zmq.LINGER, 0),
    "a send": () => receiver.send("back"),
    "a poll": () => poller.poll(),
    "wait": () => poller.wait(1000),
    "poll_all": () => poller.poll_all(10),
    "bind": () => receiver.bind("inproc://nothing-then-something-else"),
    "unbind": () => receiver.unbind("inproc://nothing-then-something-else"),
};

for (const [what, act] of Object.entries(between)) {
    equal(receiver.recv_str(zmq.DONTWAIT), undefined, `${what}: nothing`);
    equal(receiver.recv_str(zmq.DONTWAIT), undefined, `${what}: nothing again`);
    sender.send(what);
    sender.send(`${what} 2`);
    act();
    equal(receiver.recv_str(zmq.DONTWAIT), what, `${what}: the first message`);
    equal(receiver.recv_str(zmq.DONTWAIT), `${what} 2`, `${what}: the second`);
    equal(receiver.recv_str(zmq.DONTWAIT), undefined, `${what}: no third`);
}
plan();
