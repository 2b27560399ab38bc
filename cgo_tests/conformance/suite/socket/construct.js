import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

throws(
  () => new zmq.Socket(),
  { name: "TypeError", message: "a Socket is made by Context.socket(type)" },
  "new Socket()",
);
throws(() => zmq.Socket(), { name: "TypeError" }, "Socket()");
plan();
