import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PULL);
socket.bind("inproc://parts");
equal(socket.recv_multipart(zmq.DONTWAIT), undefined, "DONTWAIT");
socket.setsockopt(zmq.RCVTIMEO, 20);
equal(socket.recv_multipart(), undefined, "RCVTIMEO");
plan();
