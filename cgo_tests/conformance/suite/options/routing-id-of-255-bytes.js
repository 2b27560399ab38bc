import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.DEALER);
const id = "x".repeat(255);
equal(socket.setsockopt(zmq.ROUTING_ID, id), 0, "the longest one");
equal(socket.getsockopt(zmq.ROUTING_ID), id, "comes back");
throws(() => socket.setsockopt(zmq.ROUTING_ID, id + "x"), { name: "Error", code: "EINVAL" }, "a longer one");
throws(() => socket.setsockopt(zmq.ROUTING_ID, ""), { name: "Error", code: "EINVAL" }, "none");
socket.close();
plan();
