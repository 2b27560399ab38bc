import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair(zmq.XPUB, zmq.SUB);
b.setsockopt(zmq.SUBSCRIBE, "");
bytes(a.recv(), [1], "an empty subscription");
a.send("anything");
equal(b.recv_str(), "anything", "takes everything");
close();
plan();
