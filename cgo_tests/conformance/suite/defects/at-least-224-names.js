import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

ok(Object.keys(zmq).length >= 224, "of the module");
equal(zmq.SERVER, 12, "those of the draft API too");
plan();
