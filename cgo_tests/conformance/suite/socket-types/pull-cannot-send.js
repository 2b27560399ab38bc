import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const pull = new zmq.Context().socket(zmq.PULL);
throws(() => pull.send("x"), { name: "Error", code: "ENOTSUP" }, "send()");
plan();
