import * as zmq from "zmq";
import { deepEqual, equal, ok, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
let error;
try {
  socket.bind("foo://bar");
} catch (e) {
  error = e;
}
ok(error instanceof Error, "an Error");
for (const name of ["code", "errno", "endpoint"]) {
  const property = Object.getOwnPropertyDescriptor(error, name);
  ok(property !== undefined && property.enumerable && property.writable && property.configurable, name + " is as an assignment makes it");
}
deepEqual(JSON.parse(JSON.stringify(error)), { code: "EPROTONOSUPPORT", errno: zmq.EPROTONOSUPPORT, endpoint: "foo://bar" }, "JSON shows them");
deepEqual(Object.keys(error).sort(), ["code", "endpoint", "errno"], "and nothing else");
equal(typeof error.stack, "string", "it has a stack");
equal(error.name, "Error", "its name");
plan();
