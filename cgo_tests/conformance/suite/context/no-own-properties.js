import * as zmq from "zmq";
import { deepEqual, plan } from "../tap.js";

const context = new zmq.Context();
deepEqual(Object.keys(context), [], "no own keys");
const seen = [];
for (const key in context) {
  seen.push(key);
}
deepEqual(seen, [], "nothing to enumerate");
plan();
