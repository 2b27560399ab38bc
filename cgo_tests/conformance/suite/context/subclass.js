import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, ok, plan } from "../tap.js";

class Mine extends zmq.Context {
  constructor(name) {
    super();
    this.name = name;
  }
  pair() {
    return this.socket(zmq.PAIR);
  }
}
const context = new Mine("mine");
ok(context instanceof Mine, "an instance of the subclass");
ok(context instanceof zmq.Context, "and of Context");
equal(context.name, "mine", "with its own property");
ok(context.pair() instanceof zmq.Socket, "and working methods");
plan();
