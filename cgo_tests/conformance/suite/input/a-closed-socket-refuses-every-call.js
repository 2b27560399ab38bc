import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PAIR);
socket.close();
const calls = {
  bind: ["inproc://x"], unbind: ["inproc://x"], connect: ["inproc://x"], disconnect: ["inproc://x"],
  send: ["x"], send_multipart: [["x"]], recv: [], recv_int: [], recv_bigint: [], recv_str: [],
  recv_uint8ffarray: [], recv_multipart: [], recv_into: [new Uint8Array(1)], recv_event: [],
  monitor: ["inproc://x"], setsockopt: [zmq.LINGER, 0], getsockopt: [zmq.LINGER],
  getsockopt_int: [zmq.LINGER], getsockopt_bigint: [zmq.AFFINITY], getsockopt_str: [zmq.LAST_ENDPOINT],
  getsockopt_uint8ffarray: [zmq.ROUTING_ID],
};
for (const name of Object.keys(calls)) {
  throws(() => socket[name](...calls[name]), { name: "Error", code: "ENOTSOCK", message: /^Socket is closed/ }, name);
}
equal(socket.close(), 0, "close() returns 0");
plan();
