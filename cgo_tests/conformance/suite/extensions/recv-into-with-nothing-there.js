import * as zmq from "zmq";
import { bytes, equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PULL);
socket.bind("inproc://into");
const buffer = new Uint8Array([1, 2]);
equal(socket.recv_into(buffer, 0, zmq.DONTWAIT), undefined, "DONTWAIT");
socket.setsockopt(zmq.RCVTIMEO, 20);
equal(socket.recv_into(buffer), undefined, "RCVTIMEO");
bytes(buffer, [1, 2], "the buffer is unchanged");
plan();
