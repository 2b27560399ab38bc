import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
for (const type of [-1, 21, 99, 2147483647, -2147483648]) {
  throws(() => context.socket(type), { name: "Error", code: "EINVAL" }, "socket(" + type + ")");
}
plan();
