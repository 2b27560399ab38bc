// The error for a transport that libzmq is built without names the transport.
import * as zmq from "zmq";
import { ok, plan, throws } from "../tap.js";

const s = new zmq.Context().socket(zmq.PUB);
const transports = { ws: "WS", wss: "WSS", norm: "norm", tipc: "tipc", vmci: "vmci", pgm: "pgm", epgm: "pgm" };
Object.keys(transports).forEach((transport) => {
  const capability = transports[transport];
  if (zmq.has(capability)) {
    ok(true, "this libzmq has " + transport);
    return;
  }
  const refusal = { name: "Error", code: "EPROTONOSUPPORT", message: new RegExp("is built without " + transport + '; see zmq.has."' + capability) };
  throws(() => s.bind(transport + "://127.0.0.1:5"), refusal, "bind() of " + transport);
  throws(() => s.connect(transport + "://127.0.0.1:5"), refusal, "connect() of " + transport);
});

if (!zmq.has("WSS")) {
  throws(() => s.setsockopt(zmq.WSS_KEY_PEM, "x"), { name: "Error", code: "EINVAL", message: /lacks WSS_KEY_PEM: it is built without WSS/ }, "an option of wss");
}
plan();
