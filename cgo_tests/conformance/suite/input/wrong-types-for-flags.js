import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b } = pair();
b.send("kept");
const receivers = ["recv", "recv_int", "recv_bigint", "recv_str", "recv_uint8ffarray", "recv_multipart", "recv_event"];
for (const flags of ["1", true, {}, [1], BigInt(1), 1.5, Symbol("x")]) {
  for (const name of receivers) {
    throws(() => a[name](flags), { name: "TypeError", message: new RegExp("^Socket\\." + name + "\\(flags\\?\\): flags must be a 32-bit integer, not ") }, name + " with flags of type " + typeof flags);
  }
  throws(() => a.send("x", flags), { name: "TypeError", message: /flags must be / }, "send with flags of type " + typeof flags);
}
equal(a.recv_str(), "kept", "no message was taken");
equal(b.recv(zmq.DONTWAIT), undefined, "none was sent");
plan();
