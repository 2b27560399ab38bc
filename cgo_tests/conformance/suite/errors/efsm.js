import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
const rep = context.socket(zmq.REP);
throws(() => rep.send("x"), { name: "Error", code: "EFSM", errno: zmq.EFSM, message: "Operation cannot be accomplished in current state (send: a REP receives a request before it sends)" }, "REP: send() before recv()");
throws(() => rep.send_multipart(["x", "y"]), { code: "EFSM" }, "send_multipart() too");
const req = context.socket(zmq.REQ);
throws(() => req.recv_into(new Uint8Array(1)), { code: "EFSM" }, "REQ: recv_into() before send()");
throws(() => req.recv_multipart(), { code: "EFSM" }, "recv_multipart() too");
plan();
