import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair(zmq.XPUB, zmq.XSUB, (socket) => {
  if (socket.getsockopt(zmq.TYPE) === zmq.XPUB) {
    socket.setsockopt(zmq.XPUB_WELCOME_MSG, "w".repeat(1000));
  }
});
a.getsockopt(zmq.EVENTS); // accepts the connection
equal(b.recv_str(), "w".repeat(1000), "1000 characters are the welcome message");
equal(a.getsockopt(zmq.TYPE), zmq.XPUB, "of the XPUB");
close();
plan();
