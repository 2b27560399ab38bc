import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
equal(socket.getsockopt(zmq.AFFINITY), 0n, "0n before it is set");
equal(socket.setsockopt(zmq.AFFINITY, 1), 0, "a number");
equal(socket.getsockopt(zmq.AFFINITY), 1n, "comes back as a bigint");
equal(socket.setsockopt(zmq.AFFINITY, 3n), 0, "a bigint");
equal(socket.getsockopt_bigint(zmq.AFFINITY), 3n, "comes back");
socket.close();
plan();
