import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
for (const name of ["bind", "connect"]) {
  throws(() => socket[name]("carrier-pigeon://roof"), { name: "Error", code: "EPROTONOSUPPORT", message: "Protocol not supported (" + name + " carrier-pigeon://roof)" }, name);
}
plan();
