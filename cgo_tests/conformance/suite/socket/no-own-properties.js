import * as zmq from "zmq";
import { deepEqual, equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
deepEqual(Object.keys(socket), [], "no own keys");
const seen = [];
for (const key in socket) {
  seen.push(key);
}
deepEqual(seen, [], "nothing to enumerate");
equal(JSON.stringify(socket), "{}", "nothing in JSON");
plan();
