import * as zmq from "zmq";
import { bytes, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.DEALER);
const read = (option) => () => socket.getsockopt_uint8ffarray(option);
throws(read(zmq.LINGER), { name: "TypeError", message: /LINGER is a 32-bit integer: read it by getsockopt_int/ }, "an integer");
throws(read(zmq.IPV6), { name: "TypeError", message: /read it by getsockopt_int/ }, "a boolean");
throws(read(zmq.MAXMSGSIZE), { name: "TypeError", message: /read it by getsockopt_bigint/ }, "a 64-bit integer");
throws(read(zmq.AFFINITY), { name: "TypeError", message: /read it by getsockopt_bigint/ }, "an unsigned one");
bytes(read(zmq.LAST_ENDPOINT)(), [], "a string");
bytes(read(zmq.ROUTING_ID)(), [], "bytes");
socket.close();
plan();
