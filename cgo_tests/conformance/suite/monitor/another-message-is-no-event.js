import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b } = pair();
a.send_multipart(["six bytes?", "x"]);
throws(() => b.recv_event(), { name: "TypeError", message: /not an event of a monitor/ }, "two parts, but not six bytes");
a.send("123456");
throws(() => b.recv_event(), { name: "TypeError" }, "one part");
equal(b.recv(zmq.DONTWAIT), undefined, "the messages are lost");
plan();
