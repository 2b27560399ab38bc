import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
throws(() => socket.getsockopt_int(zmq.LAST_ENDPOINT), {}, "a string");
throws(() => socket.getsockopt_int(zmq.AFFINITY), {}, "a 64-bit integer");
throws(() => socket.getsockopt_int(zmq.MAXMSGSIZE), {}, "another one");
socket.close();
plan();
