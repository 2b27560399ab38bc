import * as zmq from "zmq";
import { equal, ok, plan, throws } from "../tap.js";

const context = new zmq.Context();
const server = context.socket(zmq.ROUTER);
server.bind("tcp://127.0.0.1:*");
const clients = [];
for (let i = 0; i < 100; i++) {
  const socket = context.socket(zmq.DEALER);
  socket.setsockopt(zmq.LINGER, 0);
  const monitor = socket.monitor(zmq.EVENT_HANDSHAKE_SUCCEEDED);
  monitor.setsockopt(zmq.RCVTIMEO, 20000);
  clients.push({ socket, monitor });
}
clients.forEach(({ socket }) => socket.connect(server.last_endpoint));
const connected = clients.filter(({ monitor }) => monitor.recv().name === "HANDSHAKE_SUCCEEDED");
equal(connected.length, 100, "each monitor reports its own socket");
clients.forEach(({ socket }) => socket.close());
equal(clients.filter(({ monitor }) => monitor.recv().name === "MONITOR_STOPPED").length, 100, "each monitor reports its end");
for (let i = 0; i < 20; i++) server.monitor();
ok(true, "as many, one after another, without a reference");
server.close();
context.term();

const small = new zmq.Context();
small.set(zmq.MAX_SOCKETS, 3);
const only = small.socket(zmq.REP);
throws(() => only.monitor(), { code: "EMFILE" }, "more sockets than the context may have");
throws(() => only.monitor("inproc://monitor"), { code: "EMFILE" }, "for an endpoint too");
equal(only.bind("tcp://127.0.0.1:*"), 0, "then there is no monitor");
only.close();
small.term();
plan();
