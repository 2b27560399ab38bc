import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const rep = context.socket(zmq.REP);
const req = context.socket(zmq.REQ);
rep.bind("inproc://reqrep");
req.connect("inproc://reqrep");
req.send("once");
throws(() => req.send("twice"), { code: "EFSM" }, "a second send()");
equal(rep.recv_str(), "once", "the first was sent");
rep.send("answer");
equal(rep.recv(zmq.DONTWAIT), undefined, "the second was not sent");
plan();
