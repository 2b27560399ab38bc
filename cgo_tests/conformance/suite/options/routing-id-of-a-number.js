import * as zmq from "zmq";
import { bytes, equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.DEALER);
equal(socket.setsockopt(zmq.ROUTING_ID, 0x01020304), 0, "a number");
bytes(socket.getsockopt_uint8ffarray(zmq.ROUTING_ID), [4, 3, 2, 1], "is its four bytes, as in a message");
equal(socket.setsockopt(zmq.ROUTING_ID, 1n), 0, "a bigint");
bytes(socket.getsockopt_uint8ffarray(zmq.ROUTING_ID), [1, 0, 0, 0, 0, 0, 0, 0], "is its eight bytes");
socket.close();
plan();
