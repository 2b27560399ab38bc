import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
socket.setsockopt(zmq.LINGER, 25);
throws(() => socket.setsockopt(zmq.LINGER, 2 ** 31), {}, "a number beyond 32 bits");
throws(() => socket.setsockopt(zmq.LINGER, 1.5), {}, "a fraction");
throws(() => socket.setsockopt(zmq.LINGER, NaN), {}, "NaN");
equal(socket.getsockopt(zmq.LINGER), 25, "nothing has changed");
socket.close();
plan();
