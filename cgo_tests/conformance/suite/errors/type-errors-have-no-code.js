import * as zmq from "zmq";
import { ok, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
let error;
try {
  socket.bind(1);
} catch (e) {
  error = e;
}
ok(error instanceof TypeError, "a TypeError");
ok(!("code" in error) && !("errno" in error), "no code, no errno");
plan();
