import * as zmq from "zmq";
import { ok, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLOUT);
for (const timeout of [-1, -2, -2147483648]) {
  ok(poller.wait(timeout) !== null, "wait(" + timeout + ") returns an event that is there");
  throws(() => new zmq.Poller().wait(timeout), { code: "EFAULT" }, "and refuses to wait for nothing");
}
plan();
