import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair();
equal(b.recv(zmq.DONTWAIT), undefined, "recv");
equal(b.recv_int(zmq.DONTWAIT), undefined, "recv_int");
equal(b.recv_bigint(zmq.DONTWAIT), undefined, "recv_bigint");
equal(b.recv_str(zmq.DONTWAIT), undefined, "recv_str");
equal(b.recv_uint8ffarray(zmq.DONTWAIT), undefined, "recv_uint8ffarray");
close();
plan();
