import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PULL);
const b = context.socket(zmq.PUSH);
a.setsockopt(zmq.RCVTIMEO, 5000);
equal(a.bind("tcp://*:*"), 0, "bind() to every interface");
const match = /^tcp:\/\/0\.0\.0\.0:([0-9]+)$/.exec(a.getsockopt(zmq.LAST_ENDPOINT));
ok(match !== null, "the endpoint");
b.connect("tcp://localhost:" + match[1]);
b.send("x");
equal(a.recv_str(), "x", "a message by way of localhost");
a.close();
b.close();
context.term();
plan();
