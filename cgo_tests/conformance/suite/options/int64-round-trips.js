import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
equal(socket.setsockopt(zmq.MAXMSGSIZE, 1000), 0, "a number");
equal(socket.getsockopt(zmq.MAXMSGSIZE), 1000n, "comes back as a bigint");
equal(socket.setsockopt(zmq.MAXMSGSIZE, 2n ** 40n), 0, "a bigint");
equal(socket.getsockopt(zmq.MAXMSGSIZE), 2n ** 40n, "comes back");
equal(socket.setsockopt(zmq.MAXMSGSIZE, 2 ** 40 + 2), 0, "a large number");
equal(socket.getsockopt_bigint(zmq.MAXMSGSIZE), 2n ** 40n + 2n, "comes back from getsockopt_bigint()");
equal(socket.setsockopt(zmq.MAXMSGSIZE, -1), 0, "a negative number");
equal(socket.getsockopt(zmq.MAXMSGSIZE), -1n, "comes back as -1n");
socket.close();
plan();
