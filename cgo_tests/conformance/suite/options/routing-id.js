import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.DEALER);
["A", "ABCD", "ABCDEFGH", "12345", "\u00e9"].forEach((id, i) => {
  equal(socket.setsockopt(zmq.ROUTING_ID, id), 0, "setsockopt() of text " + i);
  equal(socket.getsockopt(zmq.ROUTING_ID), id, "text " + i);
  equal(socket.getsockopt_str(zmq.ROUTING_ID), id, "text " + i + " as a string");
});
socket.close();
plan();
