import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, deepEqual, equal, plan, throws } from "../tap.js";

const { a, b, close } = pair();
a.send_multipart(["one", "two"]);
const first = b.recv_message(["Socket-Type"]);
bytes(first.data, [0x6f, 0x6e, 0x65], "the first part");
equal(first.more, true, "more follows");
deepEqual(first.properties, [null], "over inproc there are no properties");
equal(b.recv_message([]).more, false, "nothing follows the second");
equal(b.recv_message(["User-Id"], zmq.DONTWAIT), undefined, "nothing is there");
a.send("text");
throws(() => b.recv_message(), { name: "TypeError" }, "without a list");
throws(() => b.recv_message("User-Id"), { name: "TypeError" }, "with a string");
throws(() => b.recv_message([1]), { name: "TypeError", message: /properties\[0\]/ }, "with a number in it");
deepEqual(b.recv_message(["User-Id\0", ""]).properties, [null, null], "names of nothing; the message is still there");
close();
plan();
