import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const router = new zmq.Context().socket(zmq.ROUTER);
router.bind("inproc://router");
equal(router.send("nobody", zmq.SNDMORE), 6, "the routing id is taken");
equal(router.send("lost"), 4, "the message is taken");
plan();
