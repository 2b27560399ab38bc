import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";
import { sockets, until } from "../sockets.js";

const s = sockets();
[zmq.SERVER, zmq.PEER].forEach((type) => {
  const server = s.bound(type);
  const monitor = server.monitor(zmq.EVENT_DISCONNECTED);
  const client = s.connected(type === zmq.SERVER ? zmq.CLIENT : zmq.PEER, server);
  if (type === zmq.PEER) {
    client.close();
  } else {
    client.send("hello");
    const id = server.recv_message().routing_id;
    client.close();
    equal(monitor.recv().name, "DISCONNECTED", "the client goes");
    server.setsockopt(zmq.RCVTIMEO, 20);
    const error = until(() => {
      try {
        server.send_to(id, "late");
        return server.recv();
      } catch (e) {
        return e;
      }
    });
    equal(error.code, "EHOSTUNREACH", "send_to() to the closed peer throws");
  }
  const refusal = { name: "Error", code: "EHOSTUNREACH", message: /routing id/ };
  throws(() => server.send_to(1, "x"), refusal, "an id that never existed");
  throws(() => server.send("x"), refusal, "and a message without one");
  monitor.close();
});
s.close();
plan();
