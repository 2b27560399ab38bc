import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
throws(() => socket.getsockopt_bigint(zmq.LINGER), {}, "a 32-bit integer");
throws(() => socket.getsockopt_bigint(zmq.LAST_ENDPOINT), {}, "a string");
socket.close();
plan();
