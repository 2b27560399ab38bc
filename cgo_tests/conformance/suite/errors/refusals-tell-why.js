// libzmq has one text for all causes of EINVAL; the errors name the cause.
import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
const sockets = {};
for (const name of ["PUB", "SUB", "PUSH", "PULL", "REQ", "REP"]) {
  sockets[name] = context.socket(zmq[name]);
}
const poller = new zmq.Poller();
poller.add(sockets.SUB, zmq.POLLIN);
sockets.REQ.bind("inproc://peer"); // so that a send does not wait
const peer = context.socket(zmq.DEALER);
peer.connect("inproc://peer");
sockets.REQ.send("x");

const json = "; JSON.stringify() makes a string of it";
const data = "must be null, a boolean, number, bigint, string or bytes, not an ";
const refusals = [
  [() => sockets.PUB.recv(), "ENOTSUP", "Operation not supported (recv: a PUB cannot receive)"],
  [() => sockets.PUSH.recv_multipart(), "ENOTSUP", "Operation not supported (recv_multipart: a PUSH cannot receive)"],
  [() => sockets.SUB.send("x"), "ENOTSUP", "Operation not supported (send: a SUB cannot send)"],
  [() => sockets.PULL.send("x"), "ENOTSUP", "Operation not supported (send: a PULL cannot send)"],
  [() => sockets.PULL.send_multipart(["x"]), "ENOTSUP", "Operation not supported (send_multipart: a PULL cannot send)"],
  [() => sockets.REQ.send("x"), "EFSM", "Operation cannot be accomplished in current state (send: a REQ receives the reply before it sends again)"],
  [() => sockets.REP.send("x"), "EFSM", "Operation cannot be accomplished in current state (send: a REP receives a request before it sends)"],
  [() => context.socket(zmq.REQ).recv(), "EFSM", "Operation cannot be accomplished in current state (recv: a REQ sends a request before it receives)"],
  [() => sockets.PUB.setsockopt(zmq.SUBSCRIBE, ""), "EINVAL", "Invalid argument (setsockopt: only a SUB takes SUBSCRIBE, not a PUB)"],
  [() => sockets.SUB.setsockopt(zmq.CONNECT_ROUTING_ID, "x"), "EINVAL", "Invalid argument (setsockopt: only a REP, ROUTER or STREAM takes CONNECT_ROUTING_ID, not a SUB)"],
  [() => sockets.SUB.setsockopt(zmq.CURVE_SERVERKEY, "short"), "EINVAL", /^Invalid argument \(setsockopt(: libzmq .* lacks| CURVE_SERVERKEY; it takes 40 characters of Z85, or 32 bytes\)$)/],
  [() => poller.add(sockets.SUB, zmq.POLLIN), "EINVAL", "Invalid argument (add: the poller has it already; modify() changes its events)"],
  [() => poller.remove(sockets.PUB), "EINVAL", "Invalid argument (remove: the poller does not have it; add() registers it)"],
  [() => poller.modify(sockets.PUB, zmq.POLLIN), "EINVAL", "Invalid argument (modify: the poller does not have it; add() registers it)"],
  [() => poller.add(sockets.PUB, 64), "EINVAL", "Invalid argument (add: events = 64; it takes POLLIN, POLLOUT, POLLERR and POLLPRI)"],
  [() => context.socket(99), "EINVAL", "Invalid argument (socket: no type has the number 99; it takes zmq.PUB and so on)"],
  [() => sockets.PUB.send({}), undefined, "Socket.send(data, flags?): data " + data + "object" + json],
  [() => sockets.PUB.send_multipart([[]]), undefined, "Socket.send_multipart(parts, flags?): parts[0] " + data + "array" + json],
];
for (const [call, code, message] of refusals) {
  throws(call, code === undefined ? { name: "TypeError", message } : { code, message }, String(message));
}
const authenticator = new zmq.Authenticator(context);
throws(
  () => new zmq.Authenticator(context),
  { code: "EADDRINUSE", message: "Address already in use (Authenticator: the context has one, or a socket at inproc://zeromq.zap.01)" },
  "a second Authenticator",
);
authenticator.close();

const ended = new zmq.Context();
ended.term();
for (const call of [() => ended.socket(zmq.PUB), () => ended.get(zmq.IO_THREADS), () => ended.set(zmq.IO_THREADS, 1), () => ended.shutdown(), () => new zmq.Authenticator(ended)]) {
  throws(call, { code: "EFAULT", message: /^Bad address \(\w+: the context has ended\)$/ }, "a context that has ended");
}
plan();
