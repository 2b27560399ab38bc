import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const context = new zmq.Context();
equal(typeof context, "object", "an object");
ok(context instanceof zmq.Context, "an instance of Context");
equal(context.constructor, zmq.Context, "its constructor");
ok(new zmq.Context() !== context, "every one is new");
plan();
