import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const router = new zmq.Context().socket(zmq.ROUTER);
router.setsockopt(zmq.ROUTER_MANDATORY, 1);
router.bind("inproc://router");
throws(() => router.send("nobody", zmq.SNDMORE), { name: "Error", code: "EHOSTUNREACH" }, "send()");
plan();
