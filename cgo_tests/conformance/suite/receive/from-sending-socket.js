import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
throws(() => context.socket(zmq.PUSH).recv(), { name: "Error", code: "ENOTSUP", errno: zmq.ENOTSUP }, "PUSH");
throws(() => context.socket(zmq.PUB).recv_str(zmq.DONTWAIT), { code: "ENOTSUP" }, "PUB");
plan();
