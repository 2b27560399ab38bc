import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const poller = new zmq.Poller();
throws(() => poller.wait(-1), { name: "Error", code: "EFAULT", message: "Bad address (wait: the poller is empty, and would wait for ever)" }, "wait(-1)");
throws(() => poller.wait_all(1, -1), { name: "Error", code: "EFAULT" }, "wait_all(1, -1)");
plan();
