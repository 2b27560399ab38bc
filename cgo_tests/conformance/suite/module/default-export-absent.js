import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

equal(Object.keys(zmq).indexOf("default"), -1, "there is no default export");
equal(zmq.default, undefined, "and none by its name");
plan();
