import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
throws(() => socket.send_multipart(new Array(3)), { name: "TypeError", message: /parts\[0\] must be .*, not undefined$/ }, "holes are undefined");
const huge = [];
huge.length = 4294967295;
throws(() => socket.send_multipart(huge), { name: "RangeError", message: /parts must have at most 1048576 elements, not 4294967295$/ }, "a huge one is refused at once");
plan();
