import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

equal(Object.prototype.toString.call(new zmq.Context()), "[object Context]", "an instance");
equal(zmq.Context.prototype[Symbol.toStringTag], "Context", "the prototype's tag");
plan();
