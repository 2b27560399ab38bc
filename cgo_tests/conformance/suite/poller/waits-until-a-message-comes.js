import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const pull = context.socket(zmq.PULL);
pull.bind("tcp://127.0.0.1:*");
const push = context.socket(zmq.PUSH);
push.connect(pull.getsockopt(zmq.LAST_ENDPOINT));
const poller = new zmq.Poller();
poller.add(pull, zmq.POLLIN);
push.send("over tcp");
equal(poller.wait(-1).socket, pull, "wait(-1)");
equal(pull.recv_str(), "over tcp", "the message is there");
plan();
