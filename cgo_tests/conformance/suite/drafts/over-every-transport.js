import * as zmq from "zmq";
import { equal, plan } from "../tap.js";
import { sockets } from "../sockets.js";

const endpoints = ["tcp://127.0.0.1:*", "ipc://draft", "inproc://draft", "ws://127.0.0.1:*/draft"]
  .filter((endpoint) => zmq.has("ipc") === 1 || !endpoint.startsWith("ipc:"));
const pairs = [
  ["SERVER", "CLIENT"],
  ["GATHER", "SCATTER"],
  ["PEER", "PEER"],
  ["CHANNEL", "CHANNEL"],
  ["DISH", "RADIO"],
];
endpoints.forEach((endpoint) => {
  pairs.forEach(([binding, connecting]) => {
    const s = sockets();
    const a = s.make(zmq[binding]);
    const b = s.make(zmq[connecting]);
    a.bind(endpoint);
    let id = 0;
    if (connecting === "PEER") {
      id = b.connect_peer(a.last_endpoint);
    } else {
      b.connect(a.last_endpoint);
    }
    const name = binding + " and " + connecting + " by " + endpoint;
    if (binding === "DISH") {
      a.join("group");
      a.setsockopt(zmq.RCVTIMEO, 20);
      let received;
      for (let i = 0; i < 500 && received === undefined; i++) {
        b.send_to("group", "message");
        received = a.recv_str();
      }
      equal(received, "message", name);
    } else {
      if (id > 0) {
        b.send_to(id, "message");
      } else {
        b.send("message");
      }
      equal(a.recv_str(), "message", name);
    }
    s.close();
  });
});
plan();
