import * as zmq from "zmq";
import { ok, plan } from "../tap.js";

for (let i = 0; i < 50; i++) {
  const context = new zmq.Context();
  const socket = context.socket(zmq.PAIR);
  const poller = new zmq.Poller();
  poller.add(socket, zmq.POLLIN, { context, socket, poller });
}
ok(new zmq.Context().socket(zmq.PAIR) instanceof zmq.Socket, "50 cycles were dropped");
plan();
