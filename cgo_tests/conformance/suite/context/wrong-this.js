import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PAIR);
["socket", "set", "get", "shutdown", "term"].forEach((name) => {
  const method = zmq.Context.prototype[name];
  [
    ["undefined", undefined],
    ["an object", {}],
    ["a Socket", socket],
    ["the prototype", zmq.Context.prototype],
  ].forEach((entry) => {
    throws(
      () => method.call(entry[1], 1, 1),
      { name: "TypeError", message: /^Context\..*: this is not a Context$/ },
      name + "() of " + entry[0],
    );
  });
});
plan();
