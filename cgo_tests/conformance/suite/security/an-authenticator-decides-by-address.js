import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

// Whether a peer from 127.0.0.1 gets in.
function admits(prepare) {
  const context = new zmq.Context();
  const authenticator = new zmq.Authenticator(context);
  prepare(authenticator);
  const server = context.socket(zmq.PULL);
  server.setsockopt(zmq.ZAP_DOMAIN, "domain");
  server.bind("tcp://127.0.0.1:*");
  const client = context.socket(zmq.PUSH);
  client.setsockopt(zmq.LINGER, 0);
  const refusals = client.monitor(zmq.EVENT_HANDSHAKE_FAILED_AUTH);
  client.connect(server.last_endpoint);
  client.send("text");
  const poller = new zmq.Poller();
  poller.add(server, zmq.POLLIN);
  poller.add(refusals, zmq.POLLIN);
  const arrived = poller.wait(-1).socket === server;
  refusals.close();
  client.close();
  server.close();
  context.term();
  return arrived;
}

equal(admits(() => {}), true, "where nothing is said");
equal(admits((a) => a.allow("127.0.0.1")), true, "who is allowed");
equal(admits((a) => a.allow("127.0.0.0/8")), true, "by a network");
equal(admits((a) => a.allow("10.0.0.1")), false, "where another is allowed");
equal(admits((a) => a.deny("127.0.0.1")), false, "who is denied");
equal(admits((a) => a.deny("::/0")), true, "where others are denied");
equal(
  admits((a) => {
    a.allow("127.0.0.1");
    a.deny("127.0.0.0/16");
  }),
  false,
  "denied, though allowed",
);
const context = new zmq.Context();
const authenticator = new zmq.Authenticator(context);
throws(() => authenticator.allow("localhost"), { name: "RangeError", message: /localhost/ }, "a name");
throws(() => authenticator.deny("10.0.0.0/33"), { name: "RangeError" }, "no network");
throws(() => authenticator.allow(), { name: "TypeError" }, "nothing");
authenticator.close();
context.term();
plan();
