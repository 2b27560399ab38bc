import * as zmq from "zmq";
import { equal, plan } from "../../../../suite/tap.js";

equal(zmq.PAIR, 0, "before");
plan();
for (;;) {}
