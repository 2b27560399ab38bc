import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const topic = "t".repeat(300);
const { a, b, close } = pair(zmq.XPUB, zmq.SUB);
equal(b.setsockopt(zmq.SUBSCRIBE, topic), 0, "300 characters");
equal(a.recv().length, 301, "all of them are the subscription");
a.send("t".repeat(255));
a.send("t".repeat(299) + "u");
a.send(topic + "!");
equal(b.recv_str(), topic + "!", "only what matches arrives");
equal(b.setsockopt(zmq.UNSUBSCRIBE, topic), 0, "unsubscribed");
equal(a.recv()[0], 0, "the unsubscription arrives");
close();
plan();
