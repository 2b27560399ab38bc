import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
socket.bind("tcp://127.0.0.1:*");
ok(/^tcp:\/\/127\.0\.0\.1:[0-9]+$/.test(socket.getsockopt(zmq.LAST_ENDPOINT)), "the port that was chosen");
equal(
  socket.getsockopt_str(zmq.LAST_ENDPOINT),
  socket.getsockopt(zmq.LAST_ENDPOINT),
  "getsockopt_str() gives the same",
);
socket.bind("inproc://later");
equal(socket.getsockopt(zmq.LAST_ENDPOINT), "inproc://later", "the last one counts");
const content = socket.getsockopt_uint8ffarray(zmq.LAST_ENDPOINT);
equal(content[0], 105, "getsockopt_uint8ffarray() gives its bytes");
socket.close();
plan();
