import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
const message = /^Context\.socket\(type\): type must be /;
throws(() => context.socket(), { name: "TypeError", message }, "nothing");
throws(() => context.socket("PAIR"), { name: "TypeError", message }, "a string");
throws(() => context.socket(null), { name: "TypeError", message }, "null");
throws(() => context.socket({}), { name: "TypeError", message }, "an object");
throws(() => context.socket(1.5), { message }, "a fraction");
plan();
