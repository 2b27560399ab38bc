import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const types = [zmq.PULL, zmq.PUSH, zmq.REP, zmq.PUSH, zmq.PULL, zmq.REQ];
const sockets = types.map((type) => context.socket(type));
const [frontend, backend, control, source, sink, steering] = sockets;
sockets.forEach((socket, i) => {
  socket.setsockopt(zmq.LINGER, 0);
  socket.setsockopt(zmq.RCVTIMEO, 5000);
  if (i < 3) socket.bind("inproc://" + i);
  else socket.connect("inproc://" + (i - 3));
});

// Sends a command to the proxy, then ends it. A REP control socket answers both.
function tell(command) {
  steering.send(command);
  control.recv_str();
  control.send("");
  steering.recv();
}

source.send("one");
steering.send("TERMINATE");
equal(zmq.proxy(frontend, backend, null, control), 0, "without a capture socket");
equal(steering.recv_str(), "", "REP answers");
equal(sink.recv_str(), "one", "a pipeline passes in one direction");
tell("nothing to the proxy");
source.send_multipart(["two", "parts"]);
steering.send("TERMINATE");
zmq.proxy(frontend, backend, undefined, control);
equal(sink.recv_multipart().length, 2, "all parts");
sockets.forEach((socket) => socket.close());
context.term();
plan();
