import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.DEALER);
const value = "proxy".repeat(200);
socket.setsockopt(zmq.SOCKS_PROXY, value);
equal(socket.getsockopt(zmq.SOCKS_PROXY), value, "getsockopt");
equal(socket.getsockopt_str(zmq.SOCKS_PROXY), value, "getsockopt_str");
equal(socket.getsockopt_uint8ffarray(zmq.SOCKS_PROXY).length, 1000, "getsockopt_uint8ffarray");
plan();
