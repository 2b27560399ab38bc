import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

throws(() => new zmq.Poller().wait(-1), { name: "Error", code: "EFAULT", errno: zmq.EFAULT, message: "Bad address (wait: the poller is empty, and would wait for ever)" }, "wait(-1)");
plan();
