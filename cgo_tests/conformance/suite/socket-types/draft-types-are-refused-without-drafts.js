import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const names = ["SERVER", "CLIENT", "RADIO", "DISH", "GATHER", "SCATTER", "DGRAM", "PEER", "CHANNEL"];
for (const name of names) {
  if (zmq.has("draft")) {
    equal(context.socket(zmq[name]).type, zmq[name], name);
  } else {
    throws(() => context.socket(zmq[name]), { name: "Error", code: "EINVAL", message: /draft/ }, name);
  }
}
plan();
