import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
const message = /^Context\.set\(option_name, option_value\): option_/;
throws(() => context.set(), { name: "TypeError", message }, "nothing");
throws(() => context.set(zmq.BLOCKY), { name: "TypeError", message }, "no value");
throws(() => context.set(zmq.BLOCKY, "1"), { name: "TypeError", message }, "a string");
throws(() => context.set("BLOCKY", 1), { name: "TypeError", message }, "a name as a string");
throws(
  () => context.get(),
  { name: "TypeError", message: /^Context\.get\(option_name\): / },
  "get() of nothing",
);
plan();
