// inproc connections to an endpoint that is not bound exist until the context ends.
import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const endpoint = "inproc://nobody";
const most = 4;

// All of them together need one socket of the context.
const context = new zmq.Context();
context.set(zmq.MAX_SOCKETS, most);
const sockets = [];
for (let i = 0; i < most - 1; i++) {
  sockets.push(context.socket(zmq.PUSH));
}
for (const socket of sockets) {
  equal(socket.connect(endpoint), 0, "connect() with room for one more");
  equal(socket.connect(endpoint + "-either"), 0, "and elsewhere");
}
throws(() => context.socket(zmq.PULL), { code: "EMFILE" }, "another socket");
sockets[0].setsockopt(zmq.LINGER, 0);
sockets.forEach((socket) => socket.close(0));
equal(context.term(), 0, "term()");

// connect() fails if the context has no room for that socket.
const full = new zmq.Context();
full.set(zmq.MAX_SOCKETS, 2);
const [push, pull] = [full.socket(zmq.PUSH), full.socket(zmq.PULL)];
const refusal = { name: "Error", code: "EMFILE", endpoint: endpoint, message: /nobody has bound/ };
throws(() => push.connect(endpoint), refusal, "connect() without room");
equal(pull.bind(endpoint), 0, "bind()");
equal(push.connect(endpoint), 0, "connect() then");
push.send("x");
equal(pull.recv_str(), "x", "a message");
push.close();
pull.close();
equal(full.term(), 0, "term() again");

// The socket that binds receives the messages sent before, also after another socket had bound and closed.
const late = new zmq.Context();
const sender = late.socket(zmq.PUSH);
sender.connect(endpoint);
sender.send("first");
for (const text of ["first", "second"]) {
  const receiver = late.socket(zmq.PULL);
  receiver.bind(endpoint);
  equal(receiver.recv_str(), text, "the " + text + " binder receives its message");
  receiver.unbind(endpoint);
  receiver.close();
  const next = late.socket(zmq.PUSH);
  next.connect(endpoint);
  next.send("second");
}
equal(late.shutdown(), 0, "shutdown() with one that waits");
sender.close(0);

// libzmq aborts on disconnect() of such a connection, and on its use by a socket with CONFLATE.
const risky = new zmq.Context();
for (const type of [zmq.ROUTER, zmq.REP]) {
  const socket = risky.socket(type);
  equal(socket.connect(endpoint), 0, "connect()");
  throws(() => socket.disconnect(endpoint), { code: "ENOTSUP", endpoint: endpoint }, "disconnect()");
  throws(() => socket.unbind(endpoint), { code: "ENOTSUP", endpoint: endpoint }, "unbind(), which does the same");
  equal(socket.events & zmq.POLLIN, 0, "the socket still works");
  socket.close();
}
for (const type of [zmq.PUB, zmq.SUB, zmq.PUSH, zmq.PULL, zmq.DEALER]) {
  const socket = risky.socket(type);
  socket.setsockopt(zmq.CONFLATE, 1);
  throws(() => socket.connect(endpoint), { code: "ENOTSUP", endpoint: endpoint }, "connect() with CONFLATE");
  socket.close();
}
for (const type of [zmq.ROUTER, zmq.REP]) {
  const [waiting, more, pair, any] = [type, type, zmq.PAIR, zmq.PULL].map((each) => risky.socket(each));
  const waited = endpoint + "-" + type;
  waiting.connect(waited);
  waiting.connect(waited);
  more.connect(waited);
  throws(() => pair.bind(waited), { code: "ENOCOMPATPROTO", endpoint: waited }, "bind() of a PAIR");
  throws(() => any.monitor(waited), { code: "ENOCOMPATPROTO", endpoint: waited }, "monitor(), which binds a PAIR");
  equal(any.bind(waited), 0, "bind() of another type");
  [waiting, more, pair, any].forEach((socket) => socket.close());
}
// Sockets that are open when the context ends.
const open = new zmq.Context();
const left = [zmq.PUSH, zmq.ROUTER, zmq.ROUTER, zmq.REP].map((type) => open.socket(type));
left.forEach((socket) => {
  socket.connect(endpoint);
  socket.connect(endpoint + "-too");
});
equal(open.shutdown(), 0, "shutdown()");
left.forEach((socket) => socket.close());
equal(open.term(), 0, "term() after it");
const binder = risky.socket(zmq.DEALER);
equal(binder.bind(endpoint), 0, "bind() then");
const [router, last] = [risky.socket(zmq.ROUTER), risky.socket(zmq.PUSH)];
last.setsockopt(zmq.CONFLATE, 1);
equal(router.connect(endpoint), 0, "connect() to the socket that has bound");
equal(router.disconnect(endpoint), 0, "disconnect()");
equal(binder.disconnect(endpoint), 0, "disconnect() of the socket that has bound");
throws(() => last.connect(endpoint), { code: "ENOTSUP" }, "no socket is bound to it then");
equal(binder.bind(endpoint), 0, "until a socket binds it");
equal(last.connect(endpoint), 0, "connect() with CONFLATE");
// A monitor also binds an inproc endpoint.
const receiver = risky.socket(zmq.PAIR);
binder.monitor("inproc://monitor");
equal(receiver.connect("inproc://monitor"), 0, "connect() to a monitor");
throws(() => receiver.connect("tcp://127.0.0.1:65536"), { code: "EINVAL" }, "a connection that fails");
[binder, router, last, receiver].forEach((socket) => socket.close(0));
equal(risky.term(), 0, "term() of all");
plan();
