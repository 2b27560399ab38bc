import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b, close } = pair(zmq.XPUB, zmq.SUB);
equal(b.setsockopt(zmq.SUBSCRIBE, new Uint8Array([1, 0])), 0, "two bytes");
bytes(a.recv(), [1, 1, 0], "are the subscription");
a.send(new Uint8Array([1, 1, 2]));
a.send(new Uint8Array([1, 0, 2]));
bytes(b.recv(), [1, 0, 2], "only what matches arrives");
close();
plan();
