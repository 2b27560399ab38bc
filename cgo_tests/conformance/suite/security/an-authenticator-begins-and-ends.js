import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const first = new zmq.Authenticator(context);
throws(() => new zmq.Authenticator(context), { code: "EADDRINUSE" }, "a second one at the same time");
equal(first.close(), 0, "close()");
equal(first.close(), 0, "close() again");
equal(first.allow("10.0.0.1"), 0, "the lists can still be changed");
const second = new zmq.Authenticator(context);
second.deny("10.0.0.1");
equal(context.term(), 0, "term() does not wait for the second");
equal(second.close(), 0, "the second Authenticator can be closed");
throws(() => new zmq.Authenticator(context), { code: "EFAULT" }, "of a context that has ended");
throws(() => new zmq.Authenticator(), { name: "TypeError" }, "without a context");
throws(() => new zmq.Authenticator({}), { name: "TypeError" }, "a value that is not a Context");
throws(() => zmq.Authenticator(context), { name: "TypeError" }, "without new");
throws(() => first.add_curve("no key"), { name: "RangeError" }, "an invalid key");
for (let i = 0; i < 50; i++) {
  const dropped = new zmq.Context();
  new zmq.Authenticator(dropped).deny("10.0.0.1");
}
plan();
