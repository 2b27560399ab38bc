import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const router = new zmq.Context().socket(zmq.ROUTER);
router.setsockopt(zmq.ROUTER_MANDATORY, 1);
throws(() => router.send("nobody", zmq.SNDMORE), { name: "Error", code: "EHOSTUNREACH", errno: zmq.EHOSTUNREACH, message: /unreachable/ }, "ROUTER_MANDATORY");
plan();
