import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

for (const constructor of [zmq.Socket, zmq.Context, zmq.Poller]) {
  throws(() => constructor.prototype[Symbol.dispose].call({}), { name: "TypeError", message: /this is not a / }, constructor.name);
}
plan();
