import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const objects = [{ a: 1 }, [1, 2], () => 1, new Date(0), new Uint8Array(2), /x/, new Error("x"), context];
for (const object of objects) {
  const socket = context.socket(zmq.PUB);
  const poller = new zmq.Poller();
  poller.add(socket, zmq.POLLOUT, object);
  equal(poller.poll().user_data, object, "the same " + Object.prototype.toString.call(object));
  socket.close();
}
plan();
