import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const object = Reflect.construct(zmq.Context, [], Object);
equal(object instanceof zmq.Context, false, "has that prototype");
equal(zmq.Context.prototype.get.call(object, zmq.IO_THREADS), 1, "and is a context all the same");
plan();
