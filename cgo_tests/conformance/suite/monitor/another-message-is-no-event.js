import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PAIR);
const b = context.socket(zmq.PAIR);
a.bind("inproc://pair");
b.connect("inproc://pair");
a.send_multipart(["six bytes?", "x"]);
throws(() => b.recv_event(), { name: "TypeError", message: /not an event of a monitor/ }, "two parts, but not six bytes");
a.send("123456");
throws(() => b.recv_event(), { name: "TypeError" }, "one part");
equal(b.recv(zmq.DONTWAIT), undefined, "the messages are lost");
plan();
