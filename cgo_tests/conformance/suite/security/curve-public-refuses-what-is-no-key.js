import * as zmq from "zmq";
import { ok, plan, throws } from "../tap.js";

const wrong = ["", "short", "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf", "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%c\u00e9"];
wrong.forEach((key) => {
  throws(() => zmq.curve_public(key), { name: "RangeError" }, "a key of " + key.length + " characters");
});
try {
  zmq.curve_public("a secret of mine");
} catch (e) {
  ok(e.message.indexOf("mine") < 0, "the message does not show it");
}
throws(() => zmq.curve_public(5), { name: "TypeError" }, "a number");
plan();
