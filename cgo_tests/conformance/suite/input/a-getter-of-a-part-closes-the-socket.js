import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b } = pair();
const parts = ["a", "b", "c"];
Object.defineProperty(parts, 1, { get() { a.close(); return "b"; } });
throws(() => a.send_multipart(parts), { code: "ENOTSOCK" }, "send_multipart()");
equal(b.recv(zmq.DONTWAIT), undefined, "nothing was sent");
plan();
