import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b, close } = pair(zmq.XPUB, zmq.SUB, (socket) => socket.setsockopt(zmq.INVERT_MATCHING, 1));
b.setsockopt(zmq.SUBSCRIBE, "no");
equal(a.recv().length, 3, "the subscription arrives");
a.send("no, not this");
a.send("yes");
equal(b.recv_str(), "yes", "a message that does not match arrives");
close();
plan();
