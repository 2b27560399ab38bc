import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PAIR);
const poller = new zmq.Poller();
const wrong = [["a string", "1"], ["null", null], ["a boolean", true], ["a bigint", BigInt(1)], ["an object", {}], ["an array", [1]], ["an object", () => 1], ["an object", Symbol("x")], ["bytes", new Uint8Array(1)], ["a Socket", socket], ["0.5", 0.5], ["NaN", NaN], ["Infinity", Infinity], ["-Infinity", -Infinity], ["2147483648", 2147483648], ["-2147483649", -2147483649]];
for (const [text, value] of wrong) {
  throws(() => context.socket(value), { name: "TypeError", message: "Context.socket(type): type must be a 32-bit integer, not " + text }, "socket(" + text + ")");
  throws(() => context.get(value), { name: "TypeError", message: "Context.get(option_name): option_name must be a 32-bit integer, not " + text }, "get(" + text + ")");
  throws(() => socket.getsockopt(value), { name: "TypeError", message: "Socket.getsockopt(option_name): option_name must be a 32-bit integer, not " + text }, "getsockopt(" + text + ")");
  throws(() => poller.wait(value), { name: "TypeError", message: "Poller.wait(timeout): timeout must be a 32-bit integer, not " + text }, "wait(" + text + ")");
  throws(() => poller.add(socket, value), { name: "TypeError", message: "Poller.add(socket, events, user_data?): events must be a 32-bit integer, not " + text }, "add(socket, " + text + ")");
}
equal(poller.size(), 0, "nothing was added");
plan();
