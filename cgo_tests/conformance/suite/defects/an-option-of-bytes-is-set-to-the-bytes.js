import * as zmq from "zmq";
import { bytes, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.DEALER);
socket.setsockopt(zmq.ROUTING_ID, new Uint8Array([1, 0, 2, 0, 3]));
bytes(socket.getsockopt_uint8ffarray(zmq.ROUTING_ID), [1, 0, 2, 0, 3], "five bytes, NULs too");
plan();
