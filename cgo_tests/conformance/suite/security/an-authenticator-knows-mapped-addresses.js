// The address of an IPv4 peer of an IPv6 socket is ::ffff:127.0.0.1.
import * as zmq from "zmq";
import { attempt } from "../admission.js";
import { deepEqual, equal, plan } from "../tap.js";

// Returns the Peer-Address of an IPv4 peer, undefined if the peer is rejected.
function addressOf(prepare) {
  const context = new zmq.Context();
  const authenticator = new zmq.Authenticator(context);
  prepare(authenticator);
  const server = context.socket(zmq.PULL);
  server.setsockopt(zmq.IPV6, 1);
  server.setsockopt(zmq.ZAP_DOMAIN, "domain");
  server.bind("tcp://[::]:*");
  const message = attempt(context, server, server.last_endpoint.replace("[::]", "127.0.0.1"), ["Peer-Address"]);
  server.close();
  context.term();
  return message === undefined ? undefined : message.properties;
}

const [address] = addressOf(() => {});
equal(address, "::ffff:127.0.0.1", "the address");
for (const same of [address, "127.0.0.1", "::FFFF:7f00:1", "::ffff:127.0.0.0/104", "127.0.0.0/8"]) {
  equal(addressOf((a) => a.deny(same)), undefined, "denied as " + same);
  deepEqual(addressOf((a) => a.allow(same)), [address], "allowed as " + same);
}
for (const other of ["127.0.0.2", "::ffff:127.0.0.2", "::1", "::127.0.0.1", "::/0"]) {
  deepEqual(addressOf((a) => a.deny(other)), [address], "not denied as " + other);
  equal(addressOf((a) => a.allow(other)), undefined, "nor allowed");
}
plan();
