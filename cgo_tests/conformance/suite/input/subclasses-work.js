import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

class Named extends zmq.Context {
  constructor(name) {
    super();
    this.name = name;
  }
  pair() {
    return this.socket(zmq.PAIR);
  }
}
const context = new Named("mine");
equal(context.name, "mine", "properties of their own");
ok(context instanceof zmq.Context, "instanceof");
ok(context.pair() instanceof zmq.Socket, "methods");
class MyPoller extends zmq.Poller {}
equal(new MyPoller().size(), 0, "of Poller too");
plan();
