import * as zmq from "zmq";
import { deepEqual, equal, ok, plan, throws } from "../tap.js";

const poller = new zmq.Poller();
ok(poller instanceof zmq.Poller, "instanceof");
equal(poller.constructor, zmq.Poller, "constructor");
equal(Object.prototype.toString.call(poller), "[object Poller]", "toString");
equal(zmq.Poller.name, "Poller", "the name");
equal(zmq.Poller.length, 0, "the length");
deepEqual(Object.keys(poller), [], "no own properties");
throws(() => zmq.Poller(), { name: "TypeError" }, "Poller() without new");
plan();
