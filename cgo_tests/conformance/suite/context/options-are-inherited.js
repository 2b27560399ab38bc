import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
context.set(zmq.IPV6, 1);
equal(context.socket(zmq.PAIR).getsockopt(zmq.IPV6), 1, "a socket has the context's IPV6");
plan();
