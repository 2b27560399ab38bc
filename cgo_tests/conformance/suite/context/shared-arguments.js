import * as zmq from "zmq";
import { ok, plan, throws } from "../tap.js";

[5, true, {}, [], new zmq.Context(), new Uint8Array(1)].forEach((value) => {
  throws(() => zmq.Context.shared(value), { name: "TypeError", message: /^Context\.shared\(name\?\): name must be a string/ }, typeof value);
});
throws(() => zmq.Context.shared("a\0b"), { name: "TypeError" }, "a NUL");
ok(zmq.Context.shared(undefined) instanceof zmq.Context, "undefined");
ok(zmq.Context.shared(null) instanceof zmq.Context, "null");
throws(() => new zmq.Context().shared("name"), { name: "TypeError" }, "instances have none");
plan();
