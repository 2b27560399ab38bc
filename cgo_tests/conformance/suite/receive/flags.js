import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b, close } = pair();
["a", "b", "c"].forEach((text) => a.send(text));
equal(b.recv_str(undefined), "a", "undefined");
equal(b.recv_str(null), "b", "null");
equal(b.recv_str(0), "c", "0");
["recv", "recv_int", "recv_bigint", "recv_str", "recv_uint8ffarray"].forEach((name) => {
  throws(
    () => b[name]("1"),
    { name: "TypeError", message: new RegExp("^Socket\\." + name + "\\(flags\\?\\): flags must be ") },
    name + " of a string",
  );
});
close();
plan();
