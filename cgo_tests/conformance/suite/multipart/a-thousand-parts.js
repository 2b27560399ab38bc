import * as zmq from "zmq";
import { bytes, equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.PUSH);
const b = context.socket(zmq.PULL);
b.bind("tcp://127.0.0.1:*");
a.connect(b.last_endpoint);
const parts = [];
for (let i = 0; i < 1000; i++) {
  parts.push("part " + i);
}
a.send_multipart(parts);
const received = b.recv_multipart();
equal(received.length, 1000, "arrive");
bytes(received[999], Array.from("part 999").map((c) => c.charCodeAt(0)), "in order");
plan();
