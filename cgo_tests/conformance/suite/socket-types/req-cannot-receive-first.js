import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
const req = context.socket(zmq.REQ);
req.connect("inproc://nobody");
throws(() => req.recv(), { name: "Error", code: "EFSM", errno: zmq.EFSM }, "recv() before send()");
plan();
