import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.REP);
socket.close();
throws(() => socket.monitor("inproc://monitor"), { code: "ENOTSOCK" }, "monitor()");
throws(() => socket.recv_event(), { code: "ENOTSOCK" }, "recv_event()");
plan();
