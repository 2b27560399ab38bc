import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PAIR);
["size", "add", "modify", "remove", "wait", "poll", "wait_all", "poll_all"].forEach((name) => {
  [
    ["undefined", undefined],
    ["an object", {}],
    ["a Socket", socket],
  ].forEach((entry) => {
    throws(
      () => zmq.Poller.prototype[name].call(entry[1], socket, 1, 1),
      { name: "TypeError", message: new RegExp("^Poller\\." + name + "\\(.*\\): this is not a Poller$") },
      name + "() of " + entry[0],
    );
  });
});
plan();
