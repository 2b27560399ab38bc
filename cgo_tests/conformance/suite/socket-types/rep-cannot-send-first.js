import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const rep = new zmq.Context().socket(zmq.REP);
rep.bind("inproc://rep");
throws(() => rep.send("answer"), { code: "EFSM" }, "send() before recv()");
plan();
