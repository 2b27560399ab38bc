import * as zmq from "zmq";
import { bytes, equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.DEALER);
equal(socket.setsockopt(zmq.ROUTING_ID, new Uint8Array([1, 0, 255, 0, 5])), 0, "five bytes");
bytes(socket.getsockopt_uint8ffarray(zmq.ROUTING_ID), [1, 0, 255, 0, 5], "come back");
socket.setsockopt(zmq.ROUTING_ID, new Uint8Array([9, 1, 2, 9]).subarray(1, 3));
bytes(socket.getsockopt_uint8ffarray(zmq.ROUTING_ID), [1, 2], "of a part, only the part");
socket.setsockopt(zmq.ROUTING_ID, new Uint8Array([3, 4]).buffer);
bytes(socket.getsockopt_uint8ffarray(zmq.ROUTING_ID), [3, 4], "an ArrayBuffer");
socket.setsockopt(zmq.ROUTING_ID, new DataView(new Uint8Array([5, 6, 7]).buffer, 1));
bytes(socket.getsockopt_uint8ffarray(zmq.ROUTING_ID), [6, 7], "a DataView");
socket.close();
plan();
