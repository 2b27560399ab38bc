import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b, close } = pair();
throws(() => a.send(2n ** 64n), { name: "RangeError", message: "Socket.send(data, flags?): data must fit 64 bits" }, "2n ** 64n");
throws(() => a.send(-(2n ** 63n) - 1n), { name: "RangeError" }, "-(2n ** 63n) - 1n");
throws(() => a.send(10n ** 100n), { name: "RangeError" }, "10n ** 100n");
equal(b.recv(zmq.DONTWAIT), undefined, "nothing was sent");
close();
plan();
