import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const router = context.socket(zmq.ROUTER);
const dealer = context.socket(zmq.DEALER);
dealer.setsockopt(zmq.ROUTING_ID, "me");
router.bind("inproc://router");
dealer.connect("inproc://router");
dealer.send("hello");
equal(router.recv_str(), "me", "the routing id comes first");
equal(router.getsockopt(zmq.RCVMORE), 1, "more follows");
equal(router.recv_str(), "hello", "then the message");
equal(router.getsockopt(zmq.RCVMORE), 0, "nothing more follows");
plan();
