import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

import * as again from "zmq";
import { Context, PAIR } from "zmq";
equal(again.Context, zmq.Context, "a second import gives the same class");
equal(Context, zmq.Context, "a named import gives the same class");
equal(PAIR, zmq.PAIR, "a named import of a constant");
plan();
