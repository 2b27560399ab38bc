import * as zmq from "zmq";
import { equal, ok, plan, throws } from "../tap.js";

const context = new zmq.Context();
context.set(zmq.MAX_SOCKETS, 3);
const sockets = [0, 1, 2].map(() => context.socket(zmq.PAIR));
throws(() => context.socket(zmq.PAIR), { name: "Error", code: "EMFILE", errno: zmq.EMFILE }, "the fourth of three");
equal(sockets[0].close(), 0, "after one was closed");
let made;
for (let i = 0; i < 200 && !made; i++) {
  try {
    made = context.socket(zmq.PAIR);
  } catch (e) {
    new zmq.Poller().wait(5);
  }
}
ok(made instanceof zmq.Socket, "there is room again");
plan();
