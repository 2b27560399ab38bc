import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PULL);
const b = context.socket(zmq.PULL);
a.bind("inproc://taken");
throws(
  () => b.bind("inproc://taken"),
  { code: "EADDRINUSE", endpoint: "inproc://taken" },
  "bind() to a name in use",
);
a.unbind("inproc://taken");
equal(b.bind("inproc://taken"), 0, "free after unbind()");
a.close();
b.close();
context.term();
plan();
