import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const router = context.socket(zmq.ROUTER);
const dealer = context.socket(zmq.DEALER);
router.setsockopt(zmq.RCVTIMEO, 5000);
router.bind("inproc://probed");
dealer.setsockopt(zmq.ROUTING_ID, "prober");
dealer.setsockopt(zmq.PROBE_ROUTER, 1);
dealer.connect("inproc://probed");
equal(router.recv_str(), "prober", "the routing id arrives at once");
equal(router.getsockopt(zmq.RCVMORE), 1, "another part follows the routing id");
equal(router.recv_str(), "", "the second part is empty");
equal(router.getsockopt(zmq.RCVMORE), 0, "and the last");
router.close();
dealer.close();
context.term();
plan();
