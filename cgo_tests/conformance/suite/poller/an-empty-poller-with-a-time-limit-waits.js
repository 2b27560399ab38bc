import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const poller = new zmq.Poller();
const start = Date.now();
equal(poller.wait(30), null, "wait(30)");
ok(Date.now() - start >= 25, "it has waited");
equal(poller.poll(), null, "poll()");
plan();
