import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
socket.close();
throws(() => socket.send_multipart(["x"]), { code: "ENOTSOCK" }, "send_multipart()");
throws(() => socket.recv_multipart(), { code: "ENOTSOCK" }, "recv_multipart()");
plan();
