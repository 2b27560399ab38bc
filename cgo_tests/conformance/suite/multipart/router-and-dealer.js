import * as zmq from "zmq";
import { bytes, equal, plan } from "../tap.js";

const context = new zmq.Context();
const router = context.socket(zmq.ROUTER);
const dealer = context.socket(zmq.DEALER);
dealer.setsockopt(zmq.ROUTING_ID, "me");
router.bind("inproc://router");
dealer.connect("inproc://router");
dealer.send_multipart(["question", "more"]);
const envelope = router.recv_multipart();
equal(envelope.length, 3, "the routing id comes first");
bytes(envelope[0], [109, 101], "me");
equal(router.send_multipart([envelope[0], "answer"]), 8, "it goes back as the first part");
equal(dealer.recv_multipart().length, 1, "and does not arrive");
plan();
