import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

import * as again from "zmq";
import { Context, PAIR } from "zmq";
equal(again.Context, zmq.Context, "a second import gives the same class");
equal(Context, zmq.Context, "as does a named one");
equal(PAIR, zmq.PAIR, "which works for constants");
plan();
