import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
throws(() => context.socket(99), { name: "Error", code: "EINVAL", errno: zmq.EINVAL }, "type 99");
throws(() => context.socket(-1), { code: "EINVAL" }, "type -1");
context.term();
plan();
