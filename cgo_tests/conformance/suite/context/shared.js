import * as zmq from "zmq";
import { equal, ok, plan, throws } from "../tap.js";

const one = zmq.Context.shared("name");
const two = zmq.Context.shared("name");
ok(one instanceof zmq.Context, "it is a Context");
ok(one !== two, "each call makes an instance");
const pull = one.socket(zmq.PULL);
const push = two.socket(zmq.PUSH);
pull.bind("inproc://here");
push.connect("inproc://here");
push.send("text");
equal(pull.recv_str(), "text", "inproc reaches from one to the other");

const other = zmq.Context.shared("other").socket(zmq.PULL);
equal(other.bind("inproc://here"), 0, "another name has another context");
const unnamed = zmq.Context.shared().socket(zmq.PULL);
equal(unnamed.bind("inproc://here"), 0, "a context without a name is shared");
throws(() => zmq.Context.shared("").socket(zmq.PULL).bind("inproc://here"), { code: "EADDRINUSE" }, "no name is the empty name");
const strange = "\u00e4\u20ac\ud83d\ude00/ \n";
const kept = zmq.Context.shared(strange).socket(zmq.PULL);
kept.bind("inproc://there");
throws(
  () => zmq.Context.shared(strange).socket(zmq.PULL).bind("inproc://there"),
  { code: "EADDRINUSE" },
  "any text is a name",
);
equal(kept.close(), 0, "close()");

const { shared } = zmq.Context;
ok(shared.call(null, "name") instanceof zmq.Context, "it ignores this");
class Derived extends zmq.Context {}
equal(Object.getPrototypeOf(Derived.shared("name")), zmq.Context.prototype, "a subclass makes no instances of its own");
plan();
