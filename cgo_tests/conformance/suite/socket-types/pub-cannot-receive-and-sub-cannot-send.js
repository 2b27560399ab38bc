import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
throws(() => context.socket(zmq.PUB).recv(), { code: "ENOTSUP" }, "PUB: recv()");
throws(() => context.socket(zmq.SUB).send("x"), { code: "ENOTSUP" }, "SUB: send()");
plan();
