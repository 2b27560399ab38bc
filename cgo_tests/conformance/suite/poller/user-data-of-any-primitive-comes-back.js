import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const values = [undefined, null, true, false, 0, -0, 1.5, NaN, -Infinity, "", "text \u00e9 \0", "\ud800"];
for (const value of values) {
  const socket = context.socket(zmq.PUB);
  const poller = new zmq.Poller();
  poller.add(socket, zmq.POLLOUT, value);
  equal(poller.poll().user_data, value, "the same value of type " + typeof value);
  socket.close();
}
plan();
