import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const poller = new zmq.Poller();
const wrong = [["undefined", undefined], ["null", null], ["a string", "x"], ["a boolean", true], ["a bigint", BigInt(1)], ["an object", {}], ["an array", []], ["bytes", new Uint8Array(1)], ["a Context", context], ["a Poller", poller]];
for (const [text, value] of wrong) {
  for (const name of ["add", "modify", "remove"]) {
    throws(() => poller[name](value, zmq.POLLIN), { name: "TypeError", message: new RegExp("^Poller\\." + name + "\\(.*\\): socket must be a Socket, a Monitor or a file descriptor, not " + text + "$") }, name + "(" + text + ")");
  }
}
equal(poller.size(), 0, "nothing was added");
plan();
