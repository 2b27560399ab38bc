import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
equal(socket.setsockopt(zmq.LINGER, 25n), 0, "a bigint that fits");
equal(socket.getsockopt(zmq.LINGER), 25, "is a number again");
throws(() => socket.setsockopt(zmq.LINGER, 2n ** 40n), {}, "a bigint that does not fit");
equal(socket.getsockopt(zmq.LINGER), 25, "changes nothing");
socket.close();
plan();
