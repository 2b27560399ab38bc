import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const router = new zmq.Context().socket(zmq.ROUTER);
router.setsockopt(zmq.ROUTER_MANDATORY, 1);
router.bind("inproc://router");
throws(() => router.send_multipart(["nobody", "x"]), { name: "Error", code: "EHOSTUNREACH" }, "send_multipart()");
plan();
