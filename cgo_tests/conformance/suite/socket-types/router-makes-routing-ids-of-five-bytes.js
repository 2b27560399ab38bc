import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const router = context.socket(zmq.ROUTER);
const dealer = context.socket(zmq.DEALER);
router.bind("inproc://router");
dealer.connect("inproc://router");
dealer.send("x");
const id = router.recv();
equal(id.length, 5, "of five bytes");
equal(id[0], 0, "the first byte is 0");
router.recv();
router.send(id, zmq.SNDMORE);
router.send("back");
equal(dealer.recv_str(), "back", "the routing id addresses the peer");
plan();
