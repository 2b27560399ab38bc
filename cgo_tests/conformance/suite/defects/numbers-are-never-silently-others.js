import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b } = pair();
throws(() => a.send(1.5), { name: "RangeError" }, "1.5");
throws(() => a.send(NaN), { name: "RangeError" }, "NaN");
equal(a.send(Math.pow(2, 40)), 8, "2 ** 40 has 8 bytes");
equal(b.recv_bigint(), BigInt(1099511627776), "and is a 64-bit integer");
equal(b.recv(zmq.DONTWAIT), undefined, "nothing else was sent");
plan();
