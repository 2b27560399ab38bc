import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const push = new zmq.Context().socket(zmq.PUSH);
throws(() => push.recv(), { name: "Error", code: "ENOTSUP" }, "recv()");
plan();
