import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b } = pair();
a.send_multipart(["a", "b", "c"]);
a.send("next");
equal(b.recv_str(), "a", "the first part");
equal(b.recv_multipart().length, 2, "the other two");
equal(b.recv_multipart().length, 1, "the next message is separate");
plan();
