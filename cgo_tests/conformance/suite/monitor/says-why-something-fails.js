import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

// The events of a server to which a client with another mechanism connects.
function failure(prepare, wanted) {
  const context = new zmq.Context();
  const [server, client, monitor] = [zmq.REP, zmq.REQ, zmq.PAIR].map((type) => context.socket(type));
  [server, client, monitor].forEach((socket) => socket.setsockopt(zmq.LINGER, 0));
  monitor.setsockopt(zmq.RCVTIMEO, 5000);
  const authenticator = prepare(server, context);
  server.monitor("inproc://monitor");
  monitor.connect("inproc://monitor");
  server.bind("tcp://127.0.0.1:*");
  client.connect(server.last_endpoint);
  let event = monitor.recv_event();
  while (event !== undefined && event.event !== wanted) event = monitor.recv_event();
  server.monitor(null);
  [server, client, monitor].forEach((socket) => socket.close());
  if (authenticator) authenticator.close();
  context.term();
  return event === undefined ? {} : event;
}

const mismatch = failure((server) => {
  server.setsockopt(zmq.PLAIN_SERVER, 1);
}, zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL);
equal(mismatch.name, "HANDSHAKE_FAILED_PROTOCOL", "another mechanism: name");
equal(mismatch.text, "ZMTP_MECHANISM_MISMATCH", "text");
const refused = failure((server, context) => {
  const authenticator = new zmq.Authenticator(context);
  authenticator.deny("127.0.0.1");
  server.setsockopt(zmq.ZAP_DOMAIN, "domain");
  return authenticator;
}, zmq.EVENT_HANDSHAKE_FAILED_AUTH);
equal(refused.name, "HANDSHAKE_FAILED_AUTH", "an authenticator refuses: name");
equal(refused.text, "refused with status 400", "text");
const taken = new zmq.Context();
const [first, second, events] = [zmq.PAIR, zmq.PAIR, zmq.PAIR].map((type) => taken.socket(type));
events.setsockopt(zmq.RCVTIMEO, 5000);
second.monitor("inproc://events");
events.connect("inproc://events");
first.bind("tcp://127.0.0.1:*");
try {
  second.bind(first.last_endpoint);
} catch (e) {
  let event = events.recv_event();
  while (event !== undefined && event.name !== "BIND_FAILED") event = events.recv_event();
  ok(event !== undefined && /in use/.test(event.text), "a port in use: text");
}
plan();
