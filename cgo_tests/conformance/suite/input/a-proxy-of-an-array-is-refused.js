import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
let trapped = 0;
const proxy = new Proxy(["x"], { get(target, key) { trapped++; return target[key]; } });
throws(() => socket.send_multipart(proxy), { name: "TypeError", message: /parts must be an array, not an object$/ }, "as parts");
throws(() => socket.send(new Proxy(new Uint8Array(1), {})), { name: "TypeError" }, "as data");
equal(trapped, 0, "no trap has run");
plan();
