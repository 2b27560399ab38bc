// libzmq would take 65616 and 80x for port 80, and -1 for port 65535.
import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PUSH);
for (const port of ["65536", "65616", "99999999999999999999", "-1", "+80", " 80", "80x", "0x50", "**", ""]) {
  for (const endpoint of ["tcp://127.0.0.1:" + port, "tcp://[::1]:" + port]) {
    const refusal = { name: "Error", code: "EINVAL", endpoint: endpoint, message: /the port must be/ };
    throws(() => socket.bind(endpoint), refusal, "bind() to " + endpoint);
    throws(() => socket.connect(endpoint), refusal, "connect() to " + endpoint);
  }
}
for (const endpoint of ["tcp://127.0.0.1:65536;127.0.0.1:80", "tcp://127.0.0.1:0;127.0.0.1:65536", "ws://127.0.0.1:65536/path"]) {
  throws(() => socket.connect(endpoint), { code: "EINVAL", message: /the port must be/ }, "connect() to " + endpoint);
}
equal(socket.connect("tcp://127.0.0.1:65535"), 0, "the largest port");
equal(socket.connect("tcp://127.0.0.1:0;127.0.0.1:00080"), 0, "a source address");
equal(socket.bind("tcp://127.0.0.1:*"), 0, "any port");
equal(socket.bind("tcp://127.0.0.1:0"), 0, "any other port");
equal(socket.bind("inproc://name:65536"), 0, "a name of inproc that ends like a port");
throws(
  () => socket.setsockopt(zmq.SOCKS_PROXY, "127.0.0.1:65536"),
  { code: "EINVAL", message: /the port must be.*SOCKS_PROXY/ },
  "a proxy",
);
equal(socket.setsockopt(zmq.SOCKS_PROXY, "127.0.0.1:65535"), 0, "a proxy with the largest port");
socket.close(0);
context.term();
plan();
