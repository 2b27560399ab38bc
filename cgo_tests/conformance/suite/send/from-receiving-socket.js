import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
throws(
  () => context.socket(zmq.PULL).send("x"),
  { name: "Error", code: "ENOTSUP", errno: zmq.ENOTSUP },
  "PULL",
);
throws(() => context.socket(zmq.SUB).send("x"), { code: "ENOTSUP" }, "SUB");
plan();
