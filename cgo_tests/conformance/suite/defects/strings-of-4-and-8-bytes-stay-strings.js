import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.DEALER);
socket.setsockopt(zmq.ROUTING_ID, "ABCD");
equal(socket.getsockopt(zmq.ROUTING_ID), "ABCD", "4 bytes");
socket.setsockopt(zmq.ROUTING_ID, "ABCDEFGH");
equal(socket.getsockopt(zmq.ROUTING_ID), "ABCDEFGH", "8 bytes");
plan();
