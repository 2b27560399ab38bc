import * as zmq from "zmq";
import { equal, ok, plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.REP);
const early = context.socket(zmq.PAIR);
early.connect("inproc://early");
socket.monitor("inproc://early");
socket.bind("tcp://127.0.0.1:*");
const parts = early.recv_multipart(zmq.DONTWAIT);
equal(parts.length, 2, "a PAIR that was connected before gets the event, with its two parts,");
ok(parts[0].length === 6 && parts[1].length === socket.last_endpoint.length, "as libzmq has them");

const bound = context.socket(zmq.PAIR);
bound.bind("inproc://taken");
throws(() => socket.monitor("inproc://taken"), { code: "EADDRINUSE", endpoint: "inproc://taken" }, "an endpoint in use");
equal(early.recv_event(zmq.DONTWAIT).name, "MONITOR_STOPPED", "has ended the former monitor, as in libzmq");
throws(() => bound.bind("inproc://taken"), { code: "EADDRINUSE" }, "it is still in use");
socket.monitor("inproc://monitor");
throws(() => bound.bind("inproc://monitor"), { code: "EADDRINUSE" }, "a monitor uses its endpoint");
socket.monitor(null);
equal(bound.bind("inproc://monitor"), 0, "until it ends");
plan();
