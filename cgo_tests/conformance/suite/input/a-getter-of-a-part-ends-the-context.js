import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PAIR);
const parts = ["a", "b"];
Object.defineProperty(parts, 0, { get() { socket.close(); context.term(); return "a"; } });
throws(() => socket.send_multipart(parts), { code: "ENOTSOCK" }, "send_multipart()");
plan();
