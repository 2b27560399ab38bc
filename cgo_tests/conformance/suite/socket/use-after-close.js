import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PAIR);
socket.close();
const uses = {
  bind: () => socket.bind("inproc://x"),
  unbind: () => socket.unbind("inproc://x"),
  connect: () => socket.connect("inproc://x"),
  disconnect: () => socket.disconnect("inproc://x"),
  send: () => socket.send("x"),
  recv: () => socket.recv(),
  recv_int: () => socket.recv_int(),
  recv_bigint: () => socket.recv_bigint(),
  recv_str: () => socket.recv_str(),
  recv_uint8ffarray: () => socket.recv_uint8ffarray(),
  getsockopt: () => socket.getsockopt(zmq.TYPE),
  setsockopt: () => socket.setsockopt(zmq.LINGER, 0),
  "Poller.add": () => new zmq.Poller().add(socket, zmq.POLLIN),
};
Object.keys(uses).forEach((name) => {
  throws(
    uses[name],
    { name: "Error", code: "ENOTSOCK", errno: zmq.ENOTSOCK, message: /^Socket is closed/ },
    name,
  );
});
context.term();
plan();
