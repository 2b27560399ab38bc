// Sends a message in each direction over a transport.
import * as zmq from "zmq";
import { equal } from "./tap.js";

// exchange binds and connects two sockets. check makes assertions about last_endpoint, and
// prepare sets further options.
export function exchange(bound, check, prepare) {
  const context = new zmq.Context();
  const a = context.socket(zmq.PAIR);
  const b = context.socket(zmq.PAIR);
  [a, b].forEach((socket) => {
    socket.setsockopt(zmq.LINGER, 0);
    socket.setsockopt(zmq.RCVTIMEO, 5000);
    if (prepare) {
      prepare(socket);
    }
  });
  equal(a.bind(bound), 0, "bind()");
  const endpoint = a.getsockopt(zmq.LAST_ENDPOINT);
  check(endpoint);
  equal(b.connect(endpoint), 0, "connect()");
  equal(b.send("there"), 5, "send()");
  equal(a.recv_str(), "there", "arrives");
  equal(a.send("and back"), 8, "send() in the other direction");
  equal(b.recv_str(), "and back", "arrives too");
  a.close();
  b.close();
  context.term();
}
