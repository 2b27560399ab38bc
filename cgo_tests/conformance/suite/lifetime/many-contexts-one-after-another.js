import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

let ended = 0;
for (let i = 0; i < 100; i++) {
  const context = new zmq.Context();
  context.socket(zmq.PAIR).close();
  ended += context.term() === 0 ? 1 : 0;
}
equal(ended, 100, "100 contexts were created and terminated");
plan();
