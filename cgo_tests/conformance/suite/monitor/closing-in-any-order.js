import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

// A context with a connected server and client, both with monitors.
function make() {
  const context = new zmq.Context();
  const [server, client] = [context.socket(zmq.PULL), context.socket(zmq.PUSH)];
  const receiver = context.socket(zmq.PAIR);
  [server, client, receiver].forEach((socket) => socket.setsockopt(zmq.LINGER, 0));
  const monitor = server.monitor();
  client.monitor("inproc://monitor");
  receiver.connect("inproc://monitor");
  server.bind("tcp://127.0.0.1:*");
  client.connect(server.last_endpoint);
  client.send("connected");
  server.recv();
  return { context, server, client, receiver, monitor };
}

const orders = [
  ["server", "client", "receiver", "monitor"],
  ["monitor", "receiver", "client", "server"],
  ["receiver", "client", "monitor", "server"],
  ["server", "receiver", "monitor", "client"],
  ["client", "monitor", "server", "receiver"],
  ["client", "server", "receiver"], // term() ends a Monitor
];
for (let i = 0; i < 5; i++) {
  orders.forEach((order) => {
    const made = make();
    order.forEach((name) => made[name].close());
    equal(made.context.term(), 0, order.join(", "));
    equal(made.monitor.closed, true, "the monitor is closed");
  });
}

const { context, server, client, receiver, monitor } = make();
context.shutdown();
throws(() => { for (;;) monitor.recv(); }, { code: "ETERM" }, "recv() after shutdown()");
throws(() => server.monitor(), { code: "ETERM" }, "monitor() after shutdown()");
throws(() => server.monitor("inproc://other"), { code: "ETERM", endpoint: "inproc://other" }, "with an endpoint");
throws(() => client.bind("tcp://127.0.0.1:*"), { code: "ETERM" }, "bind() does not wait");
[client, server, receiver].forEach((socket) => socket.close());
equal(context.term(), 0, "term()");
throws(() => monitor.recv(), { code: "ENOTSOCK" }, "recv() after term()");
equal(monitor.close(), 0, "close() after term()");
plan();
