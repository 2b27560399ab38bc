import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
const transport = "it needs a transport, as tcp://127.0.0.1:5555 has";
const reasons = [
  ["", transport],
  ["tcp", transport],
  ["tcp:/", transport],
  ["/tmp/socket", transport],
  ["localhost:5555", "it needs a transport: tcp://localhost:5555"],
  ["tcp://", "it needs an address after tcp://"],
  ["tcp://127.0.0.1", "it needs a port, as tcp://127.0.0.1:5555 has"],
];
for (const [endpoint, reason] of reasons) {
  for (const call of ["bind", "connect"]) {
    throws(
      () => socket[call](endpoint),
      { name: "Error", code: "EINVAL", endpoint, message: "Invalid argument (" + call + " " + endpoint + "; " + reason + ")" },
      call + " " + endpoint,
    );
  }
}
for (const call of ["bind", "connect"]) {
  const endpoint = "tcp://127.0.0.1:port";
  const reason = 'the port must be a number from 0 to 65535, or * to bind any, not "port"';
  throws(
    () => socket[call](endpoint),
    { code: "EINVAL", endpoint, message: "Invalid argument: " + reason + " (" + call + " " + endpoint + ")" },
    call + " " + endpoint,
  );
}
throws(
  () => socket.unbind("tcp://127.0.0.1:5555"),
  { code: "ENOENT", message: /; the socket is not bound there; last_endpoint is what a wildcard stands for\)$/ },
  "unbind",
);
throws(() => socket.disconnect("tcp://127.0.0.1:5555"), { code: "ENOENT", message: /; the socket is not connected there\)$/ }, "disconnect");
plan();
