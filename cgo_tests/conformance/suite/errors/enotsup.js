import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
throws(() => context.socket(zmq.PULL).send("x"), { name: "Error", code: "ENOTSUP", errno: zmq.ENOTSUP }, "PULL: send()");
throws(() => context.socket(zmq.PUSH).recv(), { name: "Error", code: "ENOTSUP" }, "PUSH: recv()");
plan();
