import * as zmq from "zmq";
import { attempt } from "../admission.js";
import { equal, plan, throws } from "../tap.js";

// Returns whether a peer from 127.0.0.1 is accepted.
function admits(prepare) {
  const context = new zmq.Context();
  const authenticator = new zmq.Authenticator(context);
  prepare(authenticator);
  const server = context.socket(zmq.PULL);
  server.setsockopt(zmq.ZAP_DOMAIN, "domain");
  server.bind("tcp://127.0.0.1:*");
  const message = attempt(context, server, server.last_endpoint, []);
  server.close();
  context.term();
  return message !== undefined;
}

equal(admits(() => {}), true, "without a list");
equal(admits((a) => a.allow("127.0.0.1")), true, "an allowed address");
equal(admits((a) => a.allow("127.0.0.0/8")), true, "by a network");
equal(admits((a) => a.allow("10.0.0.1")), false, "only another address is allowed");
equal(admits((a) => a.deny("127.0.0.1")), false, "a denied address");
equal(admits((a) => a.deny("::/0")), true, "other addresses are denied");
equal(admits((a) => a.deny("127.9.9.9/8")), false, "a denied network, whatever bits follow its prefix");
equal(admits((a) => a.deny("0:0:0:0:0:FFFF:7F00:1")), false, "by the address as IPv6 has it");
equal(admits((a) => a.allow("::ffff:127.0.0.0/104")), true, "an allowed network");
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
for (const address of ["localhost", "", "127.1", "127.0.0.1:80", "[::1]", "10.0.0.0/33", "10.0.0.0/", "::1/129", "::ffff:10.0.0.0/8"]) {
  const refusal = { name: "RangeError", message: new RegExp("address .*" + address.replace(/[[\]]/g, ".")) };
  throws(() => authenticator.allow(address), refusal, "allow() of " + address);
  throws(() => authenticator.deny(address), refusal, "deny() of " + address);
}
throws(() => authenticator.allow(), { name: "TypeError" }, "nothing");
authenticator.close();
context.term();
plan();
