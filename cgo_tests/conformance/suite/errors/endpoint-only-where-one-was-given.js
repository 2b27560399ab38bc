import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.REQ);
let error;
try {
  socket.recv();
} catch (e) {
  error = e;
}
equal(error.code, "EFSM", "code");
ok(!("endpoint" in error), "no endpoint");
plan();
