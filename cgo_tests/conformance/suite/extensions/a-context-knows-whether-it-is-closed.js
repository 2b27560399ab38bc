import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
equal(context.closed, false, "before term()");
context.shutdown();
equal(context.closed, false, "shutdown() does not close it");
context.term();
equal(context.closed, true, "term() does");
plan();
