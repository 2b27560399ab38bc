import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const probe = context.socket(zmq.PULL);
const push = context.socket(zmq.PUSH);
push.setsockopt(zmq.LINGER, 0);
push.connect("ipc://later");
push.send("early");
probe.setsockopt(zmq.RCVTIMEO, 5000);
probe.bind("ipc://later");
equal(probe.recv_str(), "early", "a message sent before the bind arrives");
probe.close();
push.close();
context.term();
plan();
