import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b } = pair();
a.send("abc");
throws(() => b.recv_int(), { name: "TypeError", message: /4 bytes.* 3 bytes.*lost/ }, "recv_int() says both sizes");
a.send("abc");
throws(() => b.recv_bigint(), { name: "TypeError", message: /8 bytes.* 3 bytes.*lost/ }, "recv_bigint() too");
equal(b.recv(zmq.DONTWAIT), undefined, "both messages are lost");
plan();
