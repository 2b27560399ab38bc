import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://size");
b.connect("inproc://size");
a.send("abc");
throws(() => b.recv_int(), { name: "TypeError", message: /4 bytes.* 3 bytes.*lost/ }, "recv_int() says both sizes");
a.send("abc");
throws(() => b.recv_bigint(), { name: "TypeError", message: /8 bytes.* 3 bytes.*lost/ }, "recv_bigint() too");
equal(b.recv(zmq.DONTWAIT), undefined, "both messages are lost");
plan();
