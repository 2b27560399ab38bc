import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const push = new zmq.Context().socket(zmq.PUSH);
push.setsockopt(zmq.SNDTIMEO, 30);
const start = Date.now();
equal(push.send("x"), undefined, "send()");
ok(Date.now() - start >= 25, "it has waited");
equal(push.send("x", zmq.DONTWAIT), undefined, "with DONTWAIT at once");
plan();
